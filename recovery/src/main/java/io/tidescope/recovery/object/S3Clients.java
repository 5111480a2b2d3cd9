package io.tidescope.recovery.object;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;

/**
 * Makes clients of S3 that do what they are told here, whatever the environment, the system
 * properties and the home directory say to other programs that use S3.
 */
final class S3Clients {
    private static final int CONFLICT = 409;

    private S3Clients() {}

    static S3Client open(
            S3Location location, AwsCredentialsProvider credentials, S3Patience patience) {
        ProfileFile nothing = ProfileFile.aggregator().build();
        return S3Client.builder()
                .credentialsProvider(credentials)
                .region(Region.of(location.region()))
                .endpointOverride(endpoint(location))
                .forcePathStyle(location.endpoint() != null)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .accelerate(false)
                .crossRegionAccessEnabled(false)
                .disableS3ExpressSessionAuth(true)
                .defaultsMode(DefaultsMode.STANDARD)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        s3 -> s3.chunkedEncodingEnabled(false).profileFile(() -> nothing))
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder()
                                .connectionTimeout(patience.silence())
                                .socketTimeout(patience.silence())
                                .proxyConfiguration(jvmsOwn()))
                .overrideConfiguration(
                        client ->
                                client.defaultProfileFile(nothing)
                                        .retryStrategy(retries(patience))
                                        .apiCallAttemptTimeout(patience.attempt())
                                        .apiCallTimeout(patience.call()))
                .build();
    }

    /** Always given, as the client would take one from the environment otherwise. */
    private static URI endpoint(S3Location location) {
        URI given = location.endpoint();
        return given != null
                ? given
                : URI.create(
                        "https://"
                                + S3Client.serviceMetadata()
                                        .endpointFor(Region.of(location.region())));
    }

    /** What {@code -Dhttps.proxyHost} says holds for every connection of this process anyway. */
    private static ProxyConfiguration jvmsOwn() {
        return ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariablesValues(false)
                .build();
    }

    private static StandardRetryStrategy retries(S3Patience patience) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(patience.attempts())
                .retryOnException(S3Clients::isConflict)
                .build();
    }

    /** Another conditional write of the same object was under way: which one won is told later. */
    private static boolean isConflict(Throwable failure) {
        return failure instanceof AwsServiceException refusal && refusal.statusCode() == CONFLICT;
    }
}
