package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.ArchivedPartition;

import org.apache.kafka.common.TopicPartition;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A topic that is backed up, as it is in the cluster.
 *
 * @param archived what archives call it: its name without prefix
 * @param name what the cluster calls it
 * @param id the cluster's id of it
 * @param partitions how many it has
 * @param settings those that the design relies on, as they are
 */
record DurableTopic(
        String archived, String name, String id, int partitions, Map<String, String> settings) {
    /** Whether the cluster keeps its records, or what compaction leaves of them, for good. */
    boolean isRetained() {
        return settings.getOrDefault("retention.ms", "-1").equals("-1");
    }

    /** Whether it still is the same one. */
    boolean isSame(DurableTopic other) {
        return name.equals(other.name) && id.equals(other.id) && partitions == other.partitions;
    }

    List<TopicPartition> all() {
        return IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(name, number))
                .toList();
    }

    ArchivedPartition archived(TopicPartition partition) {
        return new ArchivedPartition(archived, id, partition.partition());
    }
}
