package io.tidescope.store.query;

import io.tidescope.store.query.NodeStatus.State;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How a node of the store does inside, at one moment.
 *
 * @param nodeId its name in the cluster
 * @param freshness how long revisions took lately until they could be asked for; null when none
 *     came
 * @param caches what it keeps in memory of what it read
 * @param writeBufferBytes written and not in tables yet, of all partitions
 * @param maxWriteBufferBytes about how many there are at most
 * @param partitions those it holds, in their order
 */
public record NodeInspection(
        String nodeId,
        @Nullable Freshness freshness,
        List<CacheUse> caches,
        long writeBufferBytes,
        long maxWriteBufferBytes,
        List<PartitionProgress> partitions) {
    public NodeInspection {
        caches = List.copyOf(caches);
        partitions = List.copyOf(partitions);
    }

    /**
     * Seconds from when a publish began until a partition answered with all of it, of the last
     * revisions within an hour; each partition that came to a revision counts.
     *
     * @param count how many it is of, at least 1
     * @param p50 half of them took so long at most
     * @param p99 of a hundred, 99 did
     * @param worst the longest
     */
    public record Freshness(long count, double p50, double p99, double worst) {}

    /**
     * What a cache holds, and was good for since the node started.
     *
     * @param name as in the metrics' {@code cache_level}
     * @param bytes about how much memory it takes
     * @param maxBytes how much it may take
     */
    public record CacheUse(String name, long bytes, long maxBytes, long hits, long misses) {}

    /**
     * How far a partition has come since it was opened.
     *
     * @param from offset of the last record it held when it was opened; -1 for none
     * @param end offset at which it has been restored; -1 when that is not known yet
     * @param openMillis for how long it has been open
     */
    public record PartitionProgress(
            int partition, State state, Standing standing, long from, long end, long openMillis) {}
}
