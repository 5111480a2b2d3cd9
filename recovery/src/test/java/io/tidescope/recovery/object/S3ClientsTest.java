package io.tidescope.recovery.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;

final class S3ClientsTest {
    private static final String OTHER_ENDPOINT = "aws.endpointUrl";

    @Test
    void aws_is_asked_at_its_own_endpoint_whatever_other_programs_are_told() {
        System.setProperty(OTHER_ENDPOINT, "http://127.0.0.1:1");
        try (S3Client client =
                S3Clients.open(
                        new S3Location(null, "eu-central-1", "bucket", ""),
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("k", "s")),
                        S3Patience.DEFAULT)) {
            assertThat(client.utilities().getUrl(url -> url.bucket("bucket").key("a/b=1")))
                    .hasToString("https://bucket.s3.eu-central-1.amazonaws.com/a/b%3D1");
            assertThat(client.serviceClientConfiguration().endpointOverride())
                    .hasValue(URI.create("https://s3.eu-central-1.amazonaws.com"));
        } finally {
            System.clearProperty(OTHER_ENDPOINT);
        }
    }
}
