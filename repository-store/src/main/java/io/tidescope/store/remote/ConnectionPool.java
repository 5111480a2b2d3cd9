package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

/**
 * So many connections to one node, made when they are needed and used again. Safe for concurrent
 * use.
 */
final class ConnectionPool implements AutoCloseable {
    private final NodeAddress address;
    private final String cluster;
    private final @Nullable SSLContext tls;
    private final ClientLimits limits;
    private final Admission admission;

    /** The one used last first: the others may be given up. */
    private final ConcurrentLinkedDeque<NodeConnection> idle = new ConcurrentLinkedDeque<>();

    private volatile boolean closed;

    ConnectionPool(
            NodeAddress address, String cluster, @Nullable SSLContext tls, ClientLimits limits) {
        this.address = address;
        this.cluster = cluster;
        this.tls = tls;
        this.limits = limits;
        admission = new Admission(limits.connections(), limits.waiting());
    }

    /**
     * Asks over a connection that is free; null when none will be, for too many wait.
     *
     * @throws TideScopeException UNAVAILABLE when the node cannot be reached or goes away,
     *     DEADLINE_EXCEEDED
     */
    @Nullable Frame ask(Frame.Kind kind, Consumer<FrameBuffer> write, Deadline deadline) {
        try {
            if (!admission.enter(deadline)) {
                deadline.check();
                return null;
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return askAdmitted(kind, write, deadline);
        } catch (SocketTimeoutException e) {
            if (!deadline.passed() && deadline.remaining().toMillis() > 0) {
                throw unavailable(e);
            }
            throw new TideScopeException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The deadline passed before the node at %s had answered.".formatted(address),
                    e);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e);
            }
            throw unavailable(e);
        } finally {
            admission.leave();
        }
    }

    private Frame askAdmitted(Frame.Kind kind, Consumer<FrameBuffer> write, Deadline deadline)
            throws IOException {
        NodeConnection used = takeIdle();
        if (used != null) {
            try {
                return ask(used, kind, write, deadline);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                // The node may have closed it meanwhile, or have been started again: to ask twice
                // does no harm.
                if (used.answering() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                closeIdle();
            }
        }
        return ask(open(deadline), kind, write, deadline);
    }

    private Frame ask(
            NodeConnection connection,
            Frame.Kind kind,
            Consumer<FrameBuffer> write,
            Deadline deadline)
            throws IOException {
        boolean reusable = false;
        try {
            Frame answer = connection.ask(kind, write, ServerLimits.ANSWER_BYTES, deadline);
            reusable = true;
            return answer;
        } finally {
            if (reusable && !closed) {
                idle.push(connection);
            } else {
                connection.close();
            }
            if (closed) {
                closeIdle();
            }
        }
    }

    private NodeConnection open(Deadline deadline) throws IOException {
        if (closed) {
            throw new IOException("this side has closed");
        }
        Deadline connected = Deadline.in(limits.connect());
        return NodeConnection.open(
                address,
                cluster,
                tls,
                connected.remaining().compareTo(deadline.remaining()) < 0 ? connected : deadline);
    }

    private @Nullable NodeConnection takeIdle() {
        NodeConnection connection = idle.poll();
        while (connection != null && connection.unusedFor(limits.idle())) {
            connection.close();
            connection = idle.poll();
        }
        return connection;
    }

    private void closeIdle() {
        NodeConnection connection = idle.poll();
        while (connection != null) {
            connection.close();
            connection = idle.poll();
        }
    }

    private TideScopeException unavailable(IOException e) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "The node of the store at %s does not answer: %s"
                        .formatted(address, e.getMessage()),
                e);
    }

    private TideScopeException interrupted(Exception e) {
        Thread.currentThread().interrupt();
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "Interrupted while the node at %s was asked.".formatted(address),
                e);
    }

    /** Questions under way are answered yet. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
