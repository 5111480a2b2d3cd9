package io.tidescope.query.http;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Hangs up on clients whose request, or whose TLS handshake, does not come to its end: to the
 * server a connection on which a byte comes now and then is never idle. What comes behind the
 * headers is for {@link RequestBody} to look after.
 */
final class SlowRequests extends AbstractLifeCycle implements Connection.Listener {
    private static final Logger log = LoggerFactory.getLogger(SlowRequests.class);

    /** Of a session that has not been agreed on. */
    private static final String NO_PROTOCOL = "NONE";

    private final ServerConnector connector;
    private final Duration patience;
    private final Runnable onHungUp;
    private final Map<Connection, Watched> open = new ConcurrentHashMap<>();

    /**
     * @param patience from the first byte of a request to the end of its headers, and from the
     *     opening of a connection to the end of its handshake
     * @param onHungUp called for each connection that is closed
     */
    SlowRequests(ServerConnector connector, Duration patience, Runnable onHungUp) {
        this.connector = connector;
        this.patience = patience;
        this.onHungUp = onHungUp;
    }

    /** What may be too slow. */
    private interface Watched {
        /** Whether something has been coming for too long; asked again and again by one thread. */
        boolean isTooSlow(long nowNanos);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection secured) {
            long opened = System.nanoTime();
            open.put(connection, now -> now - opened > patience.toNanos() && !isAgreed(secured));
        } else if (connection instanceof HttpConnection http) {
            open.put(connection, new Headers(http));
        }
    }

    private static boolean isAgreed(SslConnection connection) {
        return !connection.getSSLEngine().getSession().getProtocol().equals(NO_PROTOCOL);
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    protected void doStart() {
        schedule();
    }

    private void schedule() {
        connector
                .getScheduler()
                .schedule(this::look, Math.max(1, patience.toMillis() / 10), TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        try {
            open.forEach(
                    (connection, watched) -> {
                        if (watched.isTooSlow(now)) {
                            hangUp(connection);
                        }
                    });
        } finally {
            if (isRunning()) {
                schedule();
            }
        }
    }

    private void hangUp(Connection connection) {
        open.remove(connection);
        log.atInfo()
                .addKeyValue("remote", connection.getEndPoint().getRemoteSocketAddress())
                .log("A request comes too slowly; hanging up");
        onHungUp.run();
        connection.getEndPoint().close();
    }

    /** The line and the headers of a request, or blank lines before it. */
    private final class Headers implements Watched {
        private final HttpConnection connection;
        private long requests;
        private long bytes;
        private boolean between;
        private boolean coming;

        /** When it was first seen to come. */
        private long since;

        private Headers(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public boolean isTooSlow(long nowNanos) {
            HttpParser parser = connection.getParser();
            boolean before = between;
            between = parser.isStart();
            boolean within = parser.inHeaderState() && !between;
            long bytesBefore = bytes;
            bytes = connection.getBytesIn();
            long now = connection.getMessagesIn();
            if (now != requests || !(within || between)) {
                requests = now;
                coming = false;
            } else if (!coming && (within || before && bytes > bytesBefore)) {
                coming = true;
                since = nowNanos;
            }
            return coming && nowNanos - since > patience.toNanos();
        }
    }
}
