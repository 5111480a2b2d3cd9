package io.tidescope.query.routing;

import io.tidescope.store.query.NodeClient;

/** Makes clients of nodes by their addresses. Safe for concurrent use. */
@FunctionalInterface
public interface NodeConnector {
    /**
     * A client of a node; that the node is there and answers is found out by asking it. Called
     * again later when it fails.
     *
     * @param address {@code host:port}
     * @throws io.tidescope.schemas.TideScopeException when the address is of no use now
     */
    NodeClient connect(String address);

    /** Lets go of what a client holds; what it is asked meanwhile fails. */
    default void disconnect(NodeClient node) {}
}
