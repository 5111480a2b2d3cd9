package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.NodeClient;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLContext;

/**
 * Lets other nodes ask this one: listens at an address, with a thread for each connection, for what
 * answers them runs native code. One more thread watches that nobody holds a connection for ever
 * who is silent or slow.
 *
 * <p>Bound first, so that the node can be told its address, then serving until it is closed.
 */
public final class StoreServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StoreServer.class);

    private static final int BACKLOG = 256;
    private static final long WATCH_NANOS = 100_000_000;

    private final ServerSocket listening;
    private final @Nullable SSLContext tls;
    private final ServerLimits limits;
    private final Set<ServedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private StoreServer(ServerSocket listening, @Nullable SSLContext tls, ServerLimits limits) {
        this.listening = listening;
        this.tls = tls;
        this.limits = limits;
    }

    /**
     * Takes the address; who connects waits until it is served.
     *
     * @param address port 0 for any that is free
     * @param tls holds this node's certificate and those that it trusts; both sides have to show
     *     theirs. Null for plain connections
     * @throws TideScopeException PRECONDITION_FAILED when the address cannot be had
     */
    public static StoreServer bind(
            InetSocketAddress address, @Nullable SSLContext tls, ServerLimits limits) {
        try {
            ServerSocket listening = new ServerSocket();
            try {
                listening.setReuseAddress(true);
                listening.bind(address, BACKLOG);
            } catch (IOException e) {
                listening.close();
                throw e;
            }
            return new StoreServer(listening, tls, limits);
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The store cannot listen at %s: %s. Is the port in use?"
                            .formatted(address, e.getMessage()),
                    e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Connections that are open. */
    int connections() {
        return connections.size();
    }

    /**
     * Starts to answer; called once.
     *
     * @param cluster the cluster that the node is of; nodes of others are refused
     */
    public void serve(String cluster, NodeClient node) {
        serve(cluster, node, Tracing.OFF);
    }

    /** The same, with a span of each question that is part of a trace. */
    public void serve(String cluster, NodeClient node, Tracing tracing) {
        serve(
                cluster,
                new Answering(node, limits, tracing),
                Thread.ofPlatform().name("store-answer-", 0).daemon(true).factory());
    }

    void serve(String cluster, NodeClient node, ThreadFactory threads) {
        serve(cluster, new Answering(node, limits, Tracing.OFF), threads);
    }

    private void serve(String cluster, Answering answering, ThreadFactory threads) {
        Thread.ofPlatform()
                .name("store-accept")
                .daemon(true)
                .start(() -> accept(cluster, answering, threads));
        Thread.ofPlatform().name("store-watch").daemon(true).start(this::watch);
    }

    private void accept(String cluster, Answering answering, ThreadFactory threads) {
        while (!closed) {
            try {
                Socket socket = listening.accept();
                serve(new ServedConnection(socket, tls, cluster, answering, limits), threads);
            } catch (IOException e) {
                if (!closed) {
                    log.atWarn().setCause(e).log("a connection could not be accepted");
                    LockSupport.parkNanos(WATCH_NANOS);
                }
            }
        }
    }

    private void serve(ServedConnection connection, ThreadFactory threads) {
        if (connections.size() >= limits.connections()) {
            log.atWarn()
                    .addKeyValue("limit", limits.connections())
                    .log("too many connections of other nodes");
            connection.refuse(
                    "This node of the store has %d connections and takes no more; are there more gateways than it is meant for?"
                            .formatted(limits.connections()));
            return;
        }
        connections.add(connection);
        try {
            threads.newThread(
                            () -> {
                                try {
                                    connection.run();
                                } finally {
                                    connections.remove(connection);
                                }
                            })
                    .start();
        } catch (OutOfMemoryError e) {
            // The system has no thread left, which may be over in a moment.
            connections.remove(connection);
            connection.close();
            log.atError().setCause(e).log("there is no thread for a connection of another node");
        }
        if (closed) {
            connection.close();
        }
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(WATCH_NANOS);
            connections.forEach(
                    connection -> {
                        if (connection.overdue()) {
                            connection.close();
                        }
                    });
        }
    }

    /** Takes no more questions, finishes those it is answering if they do not take long. */
    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("closing the store's port");
        }
        long end = System.nanoTime() + limits.drain().toNanos();
        while (!connections.isEmpty() && System.nanoTime() - end < 0) {
            connections.stream().filter(ServedConnection::idle).forEach(ServedConnection::close);
            LockSupport.parkNanos(WATCH_NANOS / 10);
        }
        connections.forEach(ServedConnection::close);
    }
}
