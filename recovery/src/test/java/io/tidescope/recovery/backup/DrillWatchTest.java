package io.tidescope.recovery.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.object.WatchedObjects;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

final class DrillWatchTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private Instant now = START;
    private boolean away;
    private final InstantSource clock = () -> now;
    private final Archive archive =
            new Archive(
                    new WatchedObjects(
                            new MemoryObjects(clock),
                            new WatchedObjects.Watcher() {
                                @Override
                                public void called() {
                                    if (away) {
                                        throw new TideScopeException(
                                                ErrorCode.UNAVAILABLE, "the store is away");
                                    }
                                }
                            }));
    private final DrillWatch watch = new DrillWatch(archive, clock);

    @Test
    void withoutABackupThereIsNothingToDrill() {
        watch.look();

        assertThat(watch.since()).isEmpty();
        assertThat(watch.passed()).isEmpty();
    }

    @Test
    void whereNoneHasPassedItIsSinceThereAreBackups() {
        Instant oldest = START.minus(Duration.ofDays(9));
        back(1, oldest);
        back(2, START);
        archive.drills().add(drill(START, false));

        watch.look();

        assertThat(watch.since()).contains(oldest);
        assertThat(watch.passed()).isEmpty();
    }

    /** The first ones may have been removed long ago. */
    @Test
    void backupsThatAreYoungerThanTheArchiverAreNotTheFirst() {
        now = START.plus(Duration.ofDays(10));
        back(30, now);

        watch.look();

        assertThat(watch.since()).contains(START);
    }

    @Test
    void aDrillThatPassedIsSeenAMinuteLater() {
        back(1, START);
        watch.look();
        DrillOutcome passed = drill(START.plusSeconds(10), true);
        archive.drills().add(passed);
        archive.drills().add(drill(START.plusSeconds(20), false));

        now = START.plusSeconds(59);
        watch.look();
        assertThat(watch.passed()).isEmpty();
        now = START.plusSeconds(60);
        watch.look();

        assertThat(watch.passed()).contains(passed);
        assertThat(watch.since()).contains(passed.begunAt());
    }

    @Test
    void whileTheStoreIsAwayWhatWasSeenStays() {
        DrillOutcome passed = drill(START, true);
        archive.drills().add(passed);
        watch.look();

        away = true;
        now = now.plus(Duration.ofHours(1));
        watch.look();

        assertThat(watch.passed()).contains(passed);
    }

    private void back(long id, Instant time) {
        archive.create(
                new Manifest(
                        id,
                        Manifest.Kind.FULL,
                        null,
                        time.toEpochMilli(),
                        time.toEpochMilli(),
                        "test",
                        "cluster",
                        "",
                        Map.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of()));
    }

    private static DrillOutcome drill(Instant begun, boolean passed) {
        return new DrillOutcome(
                begun.toEpochMilli(),
                1,
                passed,
                passed ? 5L : null,
                6L,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                passed ? 0 : 1,
                List.of());
    }
}
