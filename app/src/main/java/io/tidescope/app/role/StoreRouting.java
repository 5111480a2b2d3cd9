package io.tidescope.app.role;

import io.tidescope.app.config.Address;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.routing.NodeConnector;
import io.tidescope.query.routing.Readiness;
import io.tidescope.query.routing.RoutedStore;
import io.tidescope.query.routing.RoutingSettings;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.remote.ClientLimits;
import io.tidescope.store.remote.RemoteNode;

import java.util.List;

/** How a gateway reaches the stores: finds them by some of their addresses, and asks them. */
final class StoreRouting implements AutoCloseable {
    private final RoutedStore store;

    private StoreRouting(RoutedStore store) {
        this.store = store;
    }

    /**
     * @param seeds store nodes to find the others by; at least one
     * @param cluster what the stores that belong to this gateway call their cluster
     */
    static StoreRouting to(List<Address> seeds, String cluster) {
        return new StoreRouting(
                RoutedStore.of(
                        seeds.stream().map(Address::toString).toList(),
                        new Connector(cluster),
                        RoutingSettings.DEFAULT,
                        AnswerCache.NONE));
    }

    /** Reaches nodes over the network. */
    private record Connector(String cluster) implements NodeConnector {
        @Override
        public NodeClient connect(String address) {
            return new RemoteNode(NodeAddress.of(address), cluster, null, ClientLimits.DEFAULT);
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
