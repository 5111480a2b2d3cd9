package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What one node of the store said when all were asked.
 *
 * @param node its name in the cluster
 * @param replies by partition, of those it holds; empty when it failed
 * @param failure why it did not answer; null when it did
 */
public record NodeReplies<R>(
        String node, Map<Integer, PartitionReply<R>> replies, @Nullable String failure) {
    public NodeReplies {
        replies = Map.copyOf(replies);
    }
}
