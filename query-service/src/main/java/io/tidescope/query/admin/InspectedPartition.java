package io.tidescope.query.admin;

import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.Standing;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** How a partition is stored on the node that answered, as it is written. */
record InspectedPartition(
        PartitionItem partition, int formatVersion, List<PartitionInspection.Family> families) {
    static InspectedPartition of(
            int partition, PartitionInspection inspected, @Nullable Standing standing) {
        return new InspectedPartition(
                PartitionItem.of(partition, inspected, standing),
                inspected.formatVersion(),
                inspected.families());
    }
}
