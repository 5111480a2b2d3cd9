package io.tidescope.store.query;

import java.util.List;

/**
 * Who a node of the store is and how its partitions stand.
 *
 * @param nodeId its name in the cluster, the same after every restart
 * @param incarnation another after every start, so that two nodes of one name are told apart
 * @param partitions partitions of the topic, held or not
 * @param held the partitions it holds, or is getting
 * @param peers {@code host:port} of all nodes of the store that it knows of, itself included
 */
public record NodeStatus(
        String nodeId, String incarnation, int partitions, List<Held> held, List<String> peers) {
    public NodeStatus {
        held = List.copyOf(held);
        peers = List.copyOf(peers);
    }

    /** A partition that the node holds. */
    public record Held(int partition, State state, Standing standing) {}

    /** Whether a partition can be asked. */
    public enum State {
        /** Catching up with what was applied before; it does not answer yet. */
        RESTORING,
        /** Follows the active one, and answers as far as it has come. */
        STANDBY,
        /** Applies what comes, and answers. */
        ACTIVE
    }
}
