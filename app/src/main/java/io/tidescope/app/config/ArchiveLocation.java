package io.tidescope.app.config;

import io.tidescope.recovery.object.S3Credentials;
import io.tidescope.recovery.object.S3Location;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where backups are kept. */
public sealed interface ArchiveLocation {
    /** A directory of this machine, where others may be mounted. */
    record Directory(Path path) implements ArchiveLocation {}

    /**
     * A part of a bucket.
     *
     * @param credentials null for those that programs of AWS find by themselves
     */
    record Bucket(S3Location location, @Nullable S3Credentials credentials)
            implements ArchiveLocation {}

    /** As one text; of a bucket its name and a prefix alone. Hidden, as addresses are. */
    static Form<ArchiveLocation> form() {
        return new HiddenForm<>(
                new ScalarForm<>("a directory, or s3://bucket/prefix", ArchiveLocation::parse));
    }

    private static Optional<ArchiveLocation> parse(String text) {
        Matcher bucket = Pattern.compile("s3://([^/]+)/?(.*?)/?").matcher(text);
        if (bucket.matches()) {
            return bucket(bucket.group(1), bucket.group(2));
        }
        // What looks like an address is no directory.
        return text.contains("://")
                ? Optional.empty()
                : PathForm.parse(text).map(ArchiveLocation.Directory::new);
    }

    private static Optional<ArchiveLocation> bucket(String name, String prefix) {
        try {
            return Optional.of(
                    new Bucket(new S3Location(null, ArchiveKeys.REGION, name, prefix), null));
        } catch (TideScopeException e) {
            return Optional.empty();
        }
    }
}
