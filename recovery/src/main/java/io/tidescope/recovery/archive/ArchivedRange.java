package io.tidescope.recovery.archive;

import java.util.List;

/**
 * What a backup has of a partition.
 *
 * @param from offset of the first record that may be in it; of an incremental one, where its parent
 *     ends
 * @param to offset after the last one
 * @param segments that hold the range together, in their order; they may overlap, and the first one
 *     may begin before it
 */
public record ArchivedRange(
        ArchivedPartition where, long from, long to, List<SegmentRef> segments) {
    public ArchivedRange {
        segments = List.copyOf(segments);
    }

    /** Whether the segments hold all of the range. */
    boolean isWhole() {
        long reached = from;
        for (SegmentRef segment : segments) {
            if (segment.from() > reached) {
                return false;
            }
            reached = Math.max(reached, segment.to());
        }
        return reached >= to;
    }
}
