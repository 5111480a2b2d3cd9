package io.tidescope.app.health;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Whether the store that keeps backups answers, and the newest of them is as new as it should be,
 * whoever makes them. Safe for concurrent use.
 */
public final class ArchiveHealth implements HealthCheck {
    /** One backup may take as long as an interval, and one may fail. */
    private static final int INTERVALS = 3;

    private final Archive archive;
    private final Duration interval;
    private final InstantSource clock;
    private final Instant started;
    private volatile @Nullable Manifest newest;

    /**
     * @param interval from one backup to the next
     */
    public ArchiveHealth(Archive archive, Duration interval, InstantSource clock) {
        this.archive = archive;
        this.interval = interval;
        this.clock = clock;
        started = clock.instant();
    }

    @Override
    public List<String> problems() {
        Optional<Manifest> found = look();
        Instant reached = found.map(Manifest::begunAt).orElse(started);
        Duration age = Duration.between(reached, clock.instant());
        if (age.compareTo(interval.multipliedBy(INTERVALS)) <= 0) {
            return List.of();
        }
        return List.of(
                found.map(
                                backup ->
                                        "the newest backup, %d, has what there was at %s: more than %d intervals ago"
                                                .formatted(backup.id(), reached, INTERVALS))
                        .orElse("there is no backup yet"));
    }

    private Optional<Manifest> look() {
        List<Long> backups = archive.backups();
        Manifest found = backups.isEmpty() ? null : archive.read(backups.getLast());
        newest = found;
        return Optional.ofNullable(found);
    }

    /** The newest backup that was there at the last look. */
    public Optional<Manifest> newest() {
        return Optional.ofNullable(newest);
    }
}
