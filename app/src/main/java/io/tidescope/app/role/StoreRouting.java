package io.tidescope.app.role;

import io.tidescope.app.config.Address;
import io.tidescope.query.admin.NodeSource;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.routing.Member;
import io.tidescope.query.routing.NodeConnector;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.query.routing.Readiness;
import io.tidescope.query.routing.RoutedStore;
import io.tidescope.query.routing.RoutingSettings;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.remote.ClientLimits;
import io.tidescope.store.remote.RemoteNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.IntPredicate;

import javax.net.ssl.SSLContext;

/** How a gateway reaches the stores: finds them by some of their addresses, and asks them. */
final class StoreRouting implements NodeSource, AutoCloseable {
    private final RoutedStore store;

    private StoreRouting(RoutedStore store) {
        this.store = store;
    }

    /**
     * @param seeds store nodes to find the others by; at least one
     * @param cluster what the stores that belong to this gateway call their cluster
     * @param tls null for plain connections
     * @param tracing makes spans of what they are asked
     */
    static StoreRouting to(
            List<Address> seeds,
            String cluster,
            @Nullable SSLContext tls,
            AnswerCache cache,
            Tracing tracing) {
        return new StoreRouting(
                RoutedStore.of(
                        seeds.stream().map(Address::toString).toList(),
                        new Connector(cluster, tls, tracing),
                        RoutingSettings.DEFAULT,
                        cache));
    }

    /** Reaches nodes over the network. */
    private record Connector(String cluster, @Nullable SSLContext tls, Tracing tracing)
            implements NodeConnector {
        @Override
        public NodeClient connect(String address) {
            return new RemoteNode(
                    NodeAddress.of(address), cluster, tls, ClientLimits.DEFAULT, tracing);
        }

        @Override
        public void disconnect(NodeClient node) {
            if (node instanceof RemoteNode remote) {
                remote.close();
            }
        }
    }

    StoreClient client() {
        return store;
    }

    @Override
    public List<NodeStatus> nodes() {
        return store.view().members().stream().map(Member::status).toList();
    }

    @Override
    public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
        return store.askAll(query, wanted);
    }

    @Override
    public List<NodeReport> inspect(Deadline deadline) {
        return store.inspect(deadline);
    }

    /** Why some partitions cannot be asked; empty when all can. */
    List<String> reasons() {
        Readiness readiness = store.readiness();
        return readiness.ready() ? List.of() : readiness.troubles();
    }

    @Override
    public void close() {
        store.close();
    }
}
