package io.tidescope.recovery.archive;

import java.util.List;

/**
 * What a segment says about itself before its records.
 *
 * @param where whose records they are
 * @param from offset of the first record that may be in it
 * @param to offset after the last one: the next segment of the partition begins here or before
 * @param records how many there are; offsets between them were never written, hold the ends of
 *     transactions, or were compacted away
 * @param bytes keys and values of all records together, in bytes
 * @param marks revision markers among them, in their order; only of {@code file-changes}
 */
public record SegmentHeader(
        ArchivedPartition where, long from, long to, int records, long bytes, List<Mark> marks) {
    public SegmentHeader {
        marks = List.copyOf(marks);
        if (from < 0 || to <= from || records < 0 || records > to - from || bytes < 0) {
            throw new IllegalArgumentException(
                    "no segment: %s from %d to %d with %d records of %d bytes"
                            .formatted(where, from, to, records, bytes));
        }
    }
}
