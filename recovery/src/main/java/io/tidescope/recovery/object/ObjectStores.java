package io.tidescope.recovery.object;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the stores there are; each is closed by whoever opened it. */
public final class ObjectStores {
    private ObjectStores() {}

    /**
     * Objects as files of a directory, which is never made.
     *
     * @throws io.tidescope.schemas.TideScopeException PRECONDITION_FAILED when it is not there, or
     *     its file system makes no hard links
     */
    public static ObjectStore directory(Path directory, InstantSource clock) {
        return DirectoryObjects.open(directory, clock);
    }

    /**
     * Objects in a store that speaks S3; the first call tells whether it can be reached.
     *
     * @param credentials null for those that AWS programs find by themselves
     */
    public static ObjectStore s3(S3Location location, @Nullable S3Credentials credentials) {
        return new S3Objects(location, provider(credentials), S3Patience.DEFAULT);
    }

    private static AwsCredentialsProvider provider(@Nullable S3Credentials credentials) {
        return credentials == null
                ? new S3FoundCredentials(DefaultCredentialsProvider.builder().build())
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(
                                credentials.accessKey(), credentials.secretKey()));
    }
}
