package io.tidescope.recovery.object;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where objects lie in a store that speaks S3.
 *
 * @param endpoint of another store than that of AWS, such as {@code https://minio.example:9000};
 *     null for AWS
 * @param region what requests are signed for; stores that know none take {@code us-east-1}
 * @param prefix what the key of every object begins with, followed by a slash; empty for none
 */
public record S3Location(@Nullable URI endpoint, String region, String bucket, String prefix) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern BUCKET =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");

    /**
     * @throws TideScopeException INVALID_ARGUMENT that names the part
     */
    public S3Location {
        if (endpoint != null && !isEndpoint(endpoint)) {
            // Not with the value: a password may stand in it.
            throw TideScopeException.invalid(
                    "endpoint",
                    "the endpoint must be http:// or https:// with a host, without user, query or"
                            + " fragment");
        }
        if (!REGION.matcher(region).matches()) {
            throw TideScopeException.invalid(
                    "region", "'%s' is no region, such as eu-central-1".formatted(region));
        }
        if (!BUCKET.matcher(bucket).matches()) {
            throw TideScopeException.invalid(
                    "bucket",
                    "'%s' is no bucket: 3 to 63 letters, digits, '.', '-' and '_'"
                            .formatted(bucket));
        }
        if (!prefix.isEmpty() && !ObjectNames.isName(prefix)) {
            throw TideScopeException.invalid(
                    "prefix",
                    "'%s' cannot stand before names: it is made as they are, no slash at an end"
                            .formatted(prefix));
        }
    }

    private static boolean isEndpoint(URI endpoint) {
        return endpoint.getScheme() != null
                && SCHEMES.contains(endpoint.getScheme())
                && endpoint.getHost() != null
                && endpoint.getRawUserInfo() == null
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null;
    }

    /** For people. */
    @Override
    public String toString() {
        String keys = "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        return keys + (endpoint == null ? " in " + region : " at " + endpoint);
    }
}
