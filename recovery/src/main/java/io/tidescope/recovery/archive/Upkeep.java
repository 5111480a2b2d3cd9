package io.tidescope.recovery.archive;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes backups, and segments that no backup names.
 *
 * <p>Backups go first and what they name after them, so that no crash leaves a backup without its
 * segments. What was written since the newest backup stays, and what was written in the days before
 * it too, whether or not a backup names it: it may be of one that is being made.
 */
public final class Upkeep {
    /** A full backup that takes longer is given up. */
    public static final Duration GRACE = Duration.ofDays(2);

    private final Archive archive;
    private final InstantSource clock;

    public Upkeep(Archive archive, InstantSource clock) {
        this.archive = archive;
        this.clock = clock;
    }

    /**
     * What was removed.
     *
     * @param backups numbers of backups
     * @param segments how many segments
     */
    public record Removed(List<Long> backups, int segments) {
        public Removed {
            backups = List.copyOf(backups);
        }
    }

    /**
     * Removes what is older than backups are kept.
     *
     * @throws TideScopeException CORRUPT when a backup cannot be read: then nobody knows what it
     *     needs, and nothing is removed
     */
    public Removed removeOutdated(Duration kept) {
        List<Long> outdated =
                Retention.outdated(
                        archive.backups().stream().map(archive::read).toList(),
                        kept,
                        clock.instant());
        outdated.forEach(archive::removeBackup);
        return new Removed(outdated, sweep());
    }

    /**
     * Removes a backup.
     *
     * @throws TideScopeException PRECONDITION_FAILED when another one builds on it, or it is the
     *     newest one, which archivers go on from, and whose number must not be used again;
     *     NOT_FOUND; CORRUPT when another backup cannot be read
     */
    public Removed remove(long id) {
        List<Long> all = archive.backups();
        if (!all.contains(id)) {
            archive.read(id);
        }
        if (id == all.getLast()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Backup %d is the newest one, which the next one may build on; make another one first: tidescope backup create --full"
                            .formatted(id));
        }
        for (long other : all) {
            if (other != id) {
                Manifest manifest = archive.read(other);
                if (manifest.parent() != null && manifest.parent() == id) {
                    throw new TideScopeException(
                            ErrorCode.PRECONDITION_FAILED,
                            "Backup %d builds on backup %d; delete it first.".formatted(other, id));
                }
            }
        }
        archive.removeBackup(id);
        return new Removed(List.of(id), sweep());
    }

    private int sweep() {
        Set<String> needed = new HashSet<>();
        // Asked first, and of the store: a clock here that is ahead makes nothing older than it is.
        Instant written = archive.newestWritten().orElse(Instant.EPOCH);
        Instant newest = Instant.EPOCH;
        for (long id : archive.backups()) {
            Manifest manifest = archive.read(id);
            manifest.segments().map(SegmentRef::name).forEach(needed::add);
            newest = manifest.begunAt();
        }
        // What came in since then the next backup will name, however long that takes.
        Instant since =
                Stream.of(newest, written, clock.instant())
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        List<String> old = archive.segmentsBefore(since.minus(GRACE));
        List<String> gone = new ArrayList<>(old);
        gone.removeAll(needed);
        gone.forEach(archive::removeSegment);
        return gone.size();
    }
}
