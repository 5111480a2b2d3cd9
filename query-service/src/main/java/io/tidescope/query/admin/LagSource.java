package io.tidescope.query.admin;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Knows how far consumers are behind what was written for them. Safe for concurrent use. */
public interface LagSource {
    /** Of every group and partition, in their order. */
    List<ConsumerPartition> lag();

    /**
     * How far a group is behind in a partition.
     *
     * @param records offsets that it has not read; null when that is not known now
     * @param seconds for how long at least the first of them has waited; null when not known
     */
    record ConsumerPartition(
            String group,
            String topic,
            int partition,
            @Nullable Long records,
            @Nullable Double seconds) {}
}
