package io.tidescope.app.cli;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestorePoint;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;

/** What of the past is restored; one of the two is given, or both. */
final class Moment {
    @Option(
            names = "--backup",
            paramLabel = "BACKUP",
            converter = BackupNumber.Converter.class,
            description = "All that a backup has: " + BackupNumber.FORM + ".")
    private @Nullable BackupNumber backup;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "What was published at a time, such as 2026-11-27T12:00:00Z; of that"
                            + " backup, if one is named.")
    private @Nullable Instant time;

    /** Later it may be another one. */
    boolean isLatest() {
        return backup == null || backup.number().isEmpty();
    }

    /** Of one backup, whichever comes later: to be given instead. */
    String options(RestorePlan plan) {
        return "--backup %d%s"
                .formatted(plan.chain().newest().id(), time == null ? "" : " --at " + time);
    }

    RestorePlan plan(Archive archive, Predicate<String> repositories) {
        RestorePoint point = new RestorePoint(archive);
        BackupNumber named = backup;
        Instant at = time;
        if (named == null) {
            return point.at(Objects.requireNonNull(at), repositories);
        }
        return at == null
                ? point.of(named.in(archive), repositories)
                : point.at(at, named.in(archive), repositories);
    }
}
