package io.tidescope.app.standalone;

import io.tidescope.query.admin.NodeSource;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.store.StoreNode;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.StoreQuery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The one node of the store there is, in this process.
 *
 * @param node the one that answers now
 */
record OwnNode(Supplier<StoreNode> node) implements NodeSource {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** In place of an address, which it needs none of. */
    private static final String HERE = "here";

    @Override
    public List<NodeStatus> nodes() {
        return List.of(node.get().nodeClient().status(Deadline.in(PATIENCE)));
    }

    @Override
    public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
        NodeClient store = node.get().nodeClient();
        NodeStatus status = store.status(Deadline.in(PATIENCE));
        Map<Integer, PartitionBound> bounds =
                status.held().stream()
                        .map(Held::partition)
                        .filter(wanted::test)
                        .collect(Collectors.toMap(Function.identity(), it -> PartitionBound.ANY));
        return bounds.isEmpty()
                ? List.of()
                : List.of(new NodeReplies<>(status.nodeId(), store.ask(query, bounds), null));
    }

    @Override
    public List<NodeReport> inspect(Deadline deadline) {
        NodeClient store = node.get().nodeClient();
        return List.of(
                new NodeReport(HERE, store.status(deadline), true, store.inspect(deadline), null));
    }
}
