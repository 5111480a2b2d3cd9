package io.tidescope.store.query;

import java.util.List;

/**
 * What a partition holds and how it is stored on the node that answers.
 *
 * @param formatVersion of what is on disk
 * @param families of its database, in their order
 * @param memtableBytes written and not in tables yet
 * @param pendingCompactionBytes about how many have to be rewritten until levels are as they should
 *     be
 */
public record PartitionInspection(
        int formatVersion,
        PartitionStatistics statistics,
        List<Family> families,
        long memtableBytes,
        long pendingCompactionBytes) {
    public PartitionInspection {
        families = List.copyOf(families);
    }

    /**
     * A column family.
     *
     * @param keys about how many
     * @param tableBytes of its tables, all levels
     * @param blobBytes of what is beside them
     * @param filesByLevel tables of each level, from 0
     */
    public record Family(
            String name, long keys, long tableBytes, long blobBytes, List<Integer> filesByLevel) {
        public Family {
            filesByLevel = List.copyOf(filesByLevel);
        }
    }
}
