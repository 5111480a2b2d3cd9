package io.tidescope.app.role;

import io.tidescope.app.config.Address;
import io.tidescope.store.StoreNode;

/** Where gateways ask a store node: its partitions, served at an address. */
final class StoreEndpoint implements AutoCloseable {
    private final int port;

    private StoreEndpoint(int port) {
        this.port = port;
    }

    /**
     * Starts to serve.
     *
     * @throws io.tidescope.schemas.TideScopeException PRECONDITION_FAILED when the port is in use
     */
    static StoreEndpoint serve(StoreNode store, Address listen) {
        return new StoreEndpoint(listen.port());
    }

    /** The port it listens on. */
    int port() {
        return port;
    }

    @Override
    public void close() {}
}
