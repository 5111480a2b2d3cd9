package io.tidescope.query.http;

import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.NetworkConnectionLimit;

/**
 * At most {@link HttpSettings#MAX_CONNECTIONS} connections of a connector at the same time; idle
 * ones are closed early while there are that many.
 */
final class ConnectionLimit extends NetworkConnectionLimit {
    private final AbstractConnector connector;

    ConnectionLimit(AbstractConnector connector) {
        super(HttpSettings.MAX_CONNECTIONS, connector);
        this.connector = connector;
        setEndPointIdleTimeout(HttpSettings.IDLE_TIMEOUT_WHEN_FULL.toMillis());
    }

    /**
     * Leaves a connector that is shut down alone: with the usual idle timeout back, the connections
     * that it waits for would outlast its patience.
     */
    @Override
    protected void unlimit() {
        if (!connector.isShutdown()) {
            super.unlimit();
        }
    }
}
