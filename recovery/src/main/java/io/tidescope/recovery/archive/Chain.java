package io.tidescope.recovery.archive;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A backup with those that it builds on: the full one first, the backup itself last.
 *
 * @throws TideScopeException CORRUPT when they do not fit together
 */
public record Chain(List<Manifest> manifests) {
    public Chain {
        manifests = List.copyOf(manifests);
        if (manifests.isEmpty() || manifests.getFirst().kind() != Manifest.Kind.FULL) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "A backup builds on no full one: " + ids(manifests));
        }
        for (int i = 1; i < manifests.size(); i++) {
            requireFit(manifests.get(i - 1), manifests.get(i));
        }
        for (Manifest manifest : manifests) {
            for (ArchivedRange range : manifest.ranges()) {
                if (!range.isWhole()) {
                    throw unfit(manifest, "its segments leave out a part of " + range.where());
                }
            }
        }
    }

    private static void requireFit(Manifest parent, Manifest child) {
        if (!parent.cluster().equals(child.cluster()) || !parent.prefix().equals(child.prefix())) {
            throw unfit(child, "it is of another deployment than backup " + parent.id());
        }
        for (ArchivedRange range : child.ranges()) {
            long reached = end(List.of(parent), range.where());
            if (reached >= 0 && range.from() != reached) {
                throw unfit(
                        child,
                        "%s begins at %d, where backup %d ends at %d"
                                .formatted(range.where(), range.from(), parent.id(), reached));
            }
        }
    }

    private static TideScopeException unfit(Manifest manifest, String how) {
        return new TideScopeException(
                ErrorCode.CORRUPT, "Backup %d is damaged: %s.".formatted(manifest.id(), how));
    }

    private static List<Long> ids(List<Manifest> manifests) {
        return manifests.stream().map(Manifest::id).toList();
    }

    /** The full backup. */
    public Manifest full() {
        return manifests.getFirst();
    }

    /** The backup itself. */
    public Manifest newest() {
        return manifests.getLast();
    }

    /** All partitions that there is anything of. */
    public SortedSet<ArchivedPartition> partitions() {
        SortedSet<ArchivedPartition> all = new TreeSet<>();
        manifests.forEach(each -> each.ranges().forEach(range -> all.add(range.where())));
        return all;
    }

    /** Segments of a partition, in their order; they may overlap. */
    public List<SegmentRef> segments(ArchivedPartition where) {
        List<SegmentRef> segments = new ArrayList<>();
        for (Manifest manifest : manifests) {
            for (ArchivedRange range : manifest.ranges()) {
                if (range.where().equals(where)) {
                    segments.addAll(range.segments());
                }
            }
        }
        return segments;
    }

    /** Offset where a partition begins in the full backup; -1 when there is nothing of it. */
    public long beginning(ArchivedPartition where) {
        return full().ranges().stream()
                .filter(range -> range.where().equals(where))
                .mapToLong(ArchivedRange::from)
                .findFirst()
                .orElse(-1);
    }

    /** Offset after the last record of a partition; -1 when there is nothing of it. */
    public long end(ArchivedPartition where) {
        return end(manifests, where);
    }

    private static long end(List<Manifest> manifests, ArchivedPartition where) {
        long end = -1;
        for (Manifest manifest : manifests) {
            for (ArchivedRange range : manifest.ranges()) {
                if (range.where().equals(where)) {
                    end = Math.max(end, range.to());
                }
            }
        }
        return end;
    }
}
