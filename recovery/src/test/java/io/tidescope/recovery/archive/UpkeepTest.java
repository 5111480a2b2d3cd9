package io.tidescope.recovery.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.object.StoredObject;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

final class UpkeepTest {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Random random = new Random(3);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemoryObjects objects = new MemoryObjects(() -> now);
    private final Archive archive = new Archive(objects);
    private final Upkeep upkeep = new Upkeep(archive, () -> now);
    private long end;

    @Test
    void aChainGoesWhenEveryMomentThatIsKeptCanBeRestoredWithoutIt() {
        back(null);
        later(Duration.ofDays(7));
        back(1L);
        later(Duration.ofDays(7));
        back(null);
        later(KEPT.minusSeconds(1));

        // The moment 30 days ago is between the first chain's last backup and the second chain.
        assertThat(upkeep.removeOutdated(KEPT).backups()).isEmpty();

        later(Duration.ofSeconds(2));
        assertThat(upkeep.removeOutdated(KEPT)).isEqualTo(new Upkeep.Removed(List.of(2L, 1L), 2));
        assertThat(archive.backups()).containsExactly(3L);
        assertThat(new Validation(archive).run(3).isSound()).isTrue();
    }

    @Test
    void theNewestFullOneStaysHoweverOldItIs() {
        back(null);
        back(1L);
        later(Duration.ofDays(900));

        assertThat(upkeep.removeOutdated(KEPT)).isEqualTo(new Upkeep.Removed(List.of(), 0));
    }

    @Test
    void whatACrashLeftBehindGoesOnceNoBackupCanNameItAnyMore() {
        archive.writeTail(segment(0));
        later(Duration.ofHours(1));
        back(null);

        assertThat(upkeep.removeOutdated(KEPT).segments()).isZero();

        later(Upkeep.GRACE);
        back(1L);
        assertThat(upkeep.removeOutdated(KEPT).segments()).isEqualTo(1);
        assertThat(new Validation(archive).run(2).isSound()).isTrue();
    }

    @Test
    void whatCameInSinceTheNewestBackupStaysHoweverLongThatTakes() {
        back(null);
        later(Duration.ofHours(1));
        archive.writeTail(segment(end));
        later(Duration.ofDays(20));

        assertThat(upkeep.removeOutdated(KEPT).segments()).isZero();
    }

    @Test
    void aClockThatIsAheadRemovesNothingOfAFullOneThatIsBeingMade() {
        SegmentRef written = archive.writeFull("run", segment(0));
        Duration ahead = Upkeep.GRACE.multipliedBy(3);
        archive.create(
                Samples.manifest(
                        1,
                        null,
                        now.plus(ahead).toEpochMilli(),
                        List.of(range(archive.writeTail(segment(0))))));
        new Upkeep(archive, () -> now.plus(ahead)).removeOutdated(KEPT);

        archive.create(Samples.manifest(2, null, now.toEpochMilli(), List.of(range(written))));
        assertThat(new Validation(archive).run(2).problems()).isEmpty();
    }

    @Test
    void aBackupThatAnotherOneBuildsOnIsNotDeleted() {
        back(null);
        back(1L);
        back(null);

        assertThatThrownBy(() -> upkeep.remove(1))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("Backup 2 builds on backup 1");
        upkeep.remove(2);
        upkeep.remove(1);
        assertThatThrownBy(() -> upkeep.remove(3)).hasMessageContaining("the newest one");
        assertThatThrownBy(() -> upkeep.remove(9)).hasMessageContaining("no backup 9");
        assertThat(archive.backups()).containsExactly(3L);
    }

    @Test
    void nothingIsRemovedWhileABackupCannotBeRead() {
        back(null);
        back(null);
        later(Duration.ofDays(900));
        String name = objects.list("backups/").getLast().name();
        objects.delete(name);
        objects.create(name, new byte[] {1, 2, 3});
        Archive fresh = new Archive(objects);
        List<String> before = names();

        assertThatThrownBy(() -> new Upkeep(fresh, () -> now).removeOutdated(KEPT))
                .hasMessageContaining(name);
        assertThat(names()).isEqualTo(before);
    }

    private List<String> names() {
        return objects.list("").stream().map(StoredObject::name).toList();
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private Segment segment(long from) {
        return Samples.segment(Samples.LOG, from, Samples.records(random, from, 3));
    }

    private static ArchivedRange range(SegmentRef segment) {
        return new ArchivedRange(Samples.LOG, 0, segment.to(), List.of(segment));
    }

    /** A backup of one segment, which a full one begins anew with. */
    private void back(@Nullable Long parent) {
        long from = parent == null ? 0 : end;
        Segment segment = segment(from);
        SegmentRef written = archive.writeTail(segment);
        end = written.to();
        List<Long> backups = archive.backups();
        archive.create(
                Samples.manifest(
                        backups.isEmpty() ? 1 : backups.getLast() + 1,
                        parent,
                        now.toEpochMilli(),
                        List.of(
                                new ArchivedRange(
                                        Samples.LOG, from, written.to(), List.of(written)))));
    }
}
