package io.tidescope.query.admin;

import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;

import java.util.List;

/**
 * A node of the store and its partitions, as they are written.
 *
 * @param node its name in the cluster
 * @param active partitions it applies and answers for
 * @param standby those it follows and may answer for
 * @param restoring those it does not answer for yet
 */
record NodeItem(String node, List<Integer> active, List<Integer> standby, List<Integer> restoring) {
    static NodeItem of(NodeStatus status) {
        return new NodeItem(
                status.nodeId(),
                partitions(status, State.ACTIVE),
                partitions(status, State.STANDBY),
                partitions(status, State.RESTORING));
    }

    private static List<Integer> partitions(NodeStatus status, State state) {
        return status.held().stream()
                .filter(held -> held.state() == state)
                .map(Held::partition)
                .sorted()
                .toList();
    }
}
