package io.tidescope.query.routing;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The store as a whole, on however many nodes it is: a question goes to the nodes that hold what it
 * is about, as far as that is known, and on to others when they do not answer.
 *
 * <p>Nodes are looked for from when it is made until it is closed. Safe for concurrent use.
 */
public final class RoutedStore implements StoreClient, AutoCloseable {
    /** Where the only node is when it is in this process. */
    private static final String HERE = "here";

    private final Parts parts;

    private RoutedStore(Parts parts) {
        this.parts = parts;
        parts.watch().start();
    }

    /**
     * What questions on their way share.
     *
     * @param here whether the node is asked on the thread of who asks
     */
    record Parts(
            NodeWatch watch,
            Routes routes,
            RoutingSettings settings,
            HedgeBudget hedges,
            AnswerCache cache,
            boolean here) {}

    /**
     * Over nodes elsewhere.
     *
     * @param seeds {@code host:port} of nodes that tell of the others; they need not be there yet
     * @throws TideScopeException INVALID_ARGUMENT without a seed
     */
    public static RoutedStore of(
            Collection<String> seeds,
            NodeConnector connector,
            RoutingSettings settings,
            AnswerCache cache) {
        if (seeds.isEmpty()) {
            throw TideScopeException.invalid(
                    "seeds", "A gateway needs the address of at least one node of the store.");
        }
        return new RoutedStore(
                new Parts(
                        new NodeWatch(seeds, connector, settings),
                        new Routes(settings),
                        settings,
                        new HedgeBudget(),
                        cache,
                        false));
    }

    /**
     * Over the one node of this process. It is asked on the thread of who asks, for it runs native
     * code, which would hold the few threads that carry all virtual ones.
     */
    public static RoutedStore over(NodeClient node, RoutingSettings settings, AnswerCache cache) {
        NodeConnector connector =
                address -> {
                    if (address.equals(HERE)) {
                        return node;
                    }
                    throw new TideScopeException(
                            ErrorCode.UNAVAILABLE, "only the node of this process is asked");
                };
        return new RoutedStore(
                new Parts(
                        new NodeWatch(List.of(HERE), connector, settings),
                        new Routes(settings),
                        settings,
                        new HedgeBudget(),
                        cache,
                        true));
    }

    /**
     * @throws TideScopeException UNAVAILABLE while no node has said how many there are
     */
    @Override
    public int partitions() {
        int partitions = view().partitions();
        if (partitions == 0) {
            List<String> troubles = parts.watch().troubles();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "No node of the store has answered yet (%s); ask again shortly."
                            .formatted(troubles.isEmpty() ? "starting" : troubles.getFirst()));
        }
        return partitions;
    }

    @Override
    public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
        return ask(query, partitions, ReadBound.AVAILABLE);
    }

    private <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions, ReadBound bound) {
        return new Asking<>(parts, query, bound, partitions).run();
    }

    @Override
    public StoreClient within(ReadBound bound) {
        return new Within(this, bound);
    }

    /**
     * Asks every node for each partition it holds, until the query's deadline at most.
     *
     * @param wanted which partitions
     */
    public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
        return new EveryNode(parts.watch()).ask(query, wanted);
    }

    /** What is known of the nodes. */
    public ClusterView view() {
        return parts.watch().view();
    }

    /**
     * How each node does inside, those that do not answer among them.
     *
     * @param deadline by which a node has to have answered
     */
    public List<NodeReport> inspect(Deadline deadline) {
        return NodeInspections.of(parts.watch().known(), deadline);
    }

    /** Whether every partition has somebody who answers for it, and why not. */
    public Readiness readiness() {
        ClusterView view = view();
        long now = parts.watch().now();
        List<Integer> unanswered = new ArrayList<>();
        for (int partition = 0; partition < view.partitions(); partition++) {
            if (!parts.routes().isHeld(view, partition, Consistency.AVAILABLE, now)) {
                unanswered.add(partition);
            }
        }
        return Readiness.of(view.partitions(), unanswered, parts.watch().troubles());
    }

    /** Lets go of all nodes; what is asked meanwhile fails. */
    @Override
    public void close() {
        parts.watch().close();
    }

    /** The store whose answers keep within a bound. */
    private record Within(RoutedStore store, ReadBound bound) implements StoreClient {
        @Override
        public int partitions() {
            return store.partitions();
        }

        @Override
        public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
            return store.ask(query, partitions, bound);
        }

        @Override
        public StoreClient within(ReadBound other) {
            return new Within(store, other);
        }
    }
}
