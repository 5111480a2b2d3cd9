package io.tidescope.query.admin;

import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.PartitionInspection.Family;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.Standing;

import org.jspecify.annotations.Nullable;

/**
 * How large a partition is, as it is written.
 *
 * @param active whether the node answered that it is assigned to; null when that is not known
 * @param position offset of the last record applied; -1 for none
 * @param lagRecords records that it lacks; null when nobody knows
 * @param tableBytes on disk, of tables
 * @param blobBytes on disk, of what is beside them
 * @param memtableBytes not on disk yet
 */
record PartitionItem(
        int partition,
        @Nullable Boolean active,
        long position,
        @Nullable Long lagRecords,
        long documents,
        long documentsWithProblems,
        long lines,
        long sourceBytes,
        long treeBytes,
        long definitions,
        long occurrences,
        long tableBytes,
        long blobBytes,
        long memtableBytes,
        long pendingCompactionBytes) {
    static PartitionItem of(
            int partition, PartitionInspection inspected, @Nullable Standing standing) {
        PartitionStatistics statistics = inspected.statistics();
        return new PartitionItem(
                partition,
                standing == null ? null : standing.active(),
                statistics.position(),
                standing == null || standing.lag() < 0 ? null : standing.lag(),
                statistics.documents(),
                statistics.documentsWithProblems(),
                statistics.lines(),
                statistics.sourceBytes(),
                statistics.treeBytes(),
                statistics.definitions(),
                statistics.occurrences(),
                inspected.families().stream().mapToLong(Family::tableBytes).sum(),
                inspected.families().stream().mapToLong(Family::blobBytes).sum(),
                inspected.memtableBytes(),
                inspected.pendingCompactionBytes());
    }
}
