package io.tidescope.app.config;

import io.tidescope.recovery.backup.Schedule;
import io.tidescope.recovery.object.S3Credentials;
import io.tidescope.recovery.object.S3Location;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/** Reads where backups are kept and when they are made. */
final class ArchiveReader {
    private final Values values;
    private final Problems problems;
    private @Nullable S3Credentials credentials;

    ArchiveReader(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** Reads who asks the store: for those alone that do, for others need not have the secrets. */
    void readCredentials() {
        Optional<Secret> access =
                values.secret(ArchiveKeys.S3_ACCESS_KEY, ArchiveKeys.S3_ACCESS_KEY_FILE);
        Optional<Secret> secret =
                values.secret(ArchiveKeys.S3_SECRET_KEY, ArchiveKeys.S3_SECRET_KEY_FILE);
        if (access.isPresent() != secret.isPresent()) {
            problems.add(
                    "%s and %s go together; set both, or none"
                            .formatted(
                                    ArchiveKeys.S3_ACCESS_KEY.key(),
                                    ArchiveKeys.S3_SECRET_KEY.key()));
        }
        credentials =
                access.flatMap(
                                who ->
                                        secret.map(
                                                key -> new S3Credentials(who.value(), key.value())))
                        .orElse(null);
    }

    /**
     * Adds what would lose records, or makes no sense; what cannot be read is a problem already.
     */
    void checkSchedule() {
        values.find(BackupKeys.INTERVAL)
                .ifPresent(
                        interval -> {
                            values.find(TopicKeys.HISTORY)
                                    .ifPresent(history -> checkHistory(interval, history));
                            values.find(BackupKeys.FULL_EVERY)
                                    .ifPresent(full -> checkFull(interval, full));
                        });
    }

    private void checkHistory(Duration interval, Duration history) {
        if (interval.multipliedBy(BackupKeys.INTERVALS_OF_HISTORY).compareTo(history) > 0) {
            problems.add(
                    "%s: %s is more than a quarter of %s, which is %s: versions of documents may be gone before they are in a backup"
                            .formatted(
                                    BackupKeys.INTERVAL.key(),
                                    ScalarForm.show(interval),
                                    TopicKeys.HISTORY.key(),
                                    ScalarForm.show(history)));
        }
    }

    private void checkFull(Duration interval, Duration full) {
        if (full.compareTo(interval) < 0) {
            problems.add(
                    "%s: %s is less than %s, which is %s"
                            .formatted(
                                    BackupKeys.FULL_EVERY.key(),
                                    ScalarForm.show(full),
                                    BackupKeys.INTERVAL.key(),
                                    ScalarForm.show(interval)));
        }
    }

    ArchiveLocation location() {
        return located(values.get(ArchiveKeys.LOCATION), values.get(ArchiveKeys.S3_REGION));
    }

    /**
     * A location with what is said of the store beside it.
     *
     * @param region of a bucket
     */
    ArchiveLocation located(ArchiveLocation location, String region) {
        return switch (location) {
            case ArchiveLocation.Directory directory -> directory;
            case ArchiveLocation.Bucket(S3Location named, _) ->
                    new ArchiveLocation.Bucket(
                            new S3Location(
                                    values.find(ArchiveKeys.S3_ENDPOINT).orElse(null),
                                    region,
                                    named.bucket(),
                                    named.prefix()),
                            credentials);
        };
    }

    Schedule schedule() {
        return new Schedule(
                values.get(BackupKeys.INTERVAL),
                values.get(BackupKeys.FULL_EVERY),
                values.get(BackupKeys.RETENTION));
    }
}
