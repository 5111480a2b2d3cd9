package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
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
        return askAdmitted(takeIdle(), false, kind, write, deadline);
    }

    /**
     * Sends a question over a connection that is at hand.
     *
     * @return null when it was not sent: {@link #ask} has to be called, which may have to wait
     */
    @Nullable Exchange begin(Frame.Kind kind, Consumer<FrameBuffer> write, Deadline deadline) {
        if (!admission.enterNow()) {
            return null;
        }
        NodeConnection connection = takeIdle();
        boolean sent = false;
        boolean usable = false;
        try {
            sent = connection != null && connection.askAtOnce(kind, write);
            usable = true;
        } catch (IOException e) {
            // The node has closed it meanwhile, and perhaps all of them.
            closeIdle();
        } finally {
            if (!sent) {
                if (connection != null) {
                    giveBack(connection, usable);
                }
                admission.leave();
            }
        }
        return sent ? new Exchange(connection, kind, write, deadline) : null;
    }

    /** A question that was sent, and takes a place until it ends. For one thread at a time. */
    final class Exchange {
        private final Frame.Kind kind;
        private final Consumer<FrameBuffer> write;
        private final Deadline deadline;

        /** Null when it is to be asked over another one. */
        private @Nullable NodeConnection connection;

        private Exchange(
                @Nullable NodeConnection connection,
                Frame.Kind kind,
                Consumer<FrameBuffer> write,
                Deadline deadline) {
            this.connection = connection;
            this.kind = kind;
            this.write = write;
            this.deadline = deadline;
        }

        /**
         * The answer if it comes within the time; null if it has to be awaited.
         *
         * @throws TideScopeException UNAVAILABLE when the node goes away
         */
        @Nullable Frame poll(Duration time) {
            NodeConnection sent = connection;
            if (sent == null) {
                return null;
            }
            boolean reusable = false;
            boolean ended = true;
            try {
                Frame answer = sent.receive(earlier(Deadline.in(time), deadline));
                reusable = true;
                return answer;
            } catch (SocketTimeoutException e) {
                ended = false;
                return null;
            } catch (IOException e) {
                if (isFinal(e, sent)) {
                    throw failed(e, deadline);
                }
                // To connect again may take longer.
                connection = null;
                ended = false;
                sent.close();
                closeIdle();
                return null;
            } finally {
                if (ended) {
                    giveBack(sent, reusable);
                    admission.leave();
                }
            }
        }

        /** Waits for the answer; throws as {@link ConnectionPool#ask} does. */
        Frame await() {
            return askAdmitted(connection, true, kind, write, deadline);
        }

        void cancel() {
            NodeConnection sent = connection;
            if (sent != null) {
                sent.close();
            }
            admission.leave();
        }
    }

    /**
     * Asks over a connection, if there is one, and over a new one if that is no more.
     *
     * @param sent whether the question was sent over it
     */
    private Frame askAdmitted(
            @Nullable NodeConnection used,
            boolean sent,
            Frame.Kind kind,
            Consumer<FrameBuffer> write,
            Deadline deadline) {
        try {
            if (used != null) {
                try {
                    return ask(used, sent, kind, write, deadline);
                } catch (IOException e) {
                    if (isFinal(e, used)) {
                        throw e;
                    }
                    closeIdle();
                }
            }
            return ask(open(deadline), false, kind, write, deadline);
        } catch (IOException e) {
            throw failed(e, deadline);
        } finally {
            admission.leave();
        }
    }

    /**
     * Whether it is of no use to ask again over a new connection. The node may have closed one that
     * was not used, or have been started again: to ask twice does no harm.
     */
    private static boolean isFinal(IOException e, NodeConnection used) {
        return e instanceof SocketTimeoutException
                || used.answering()
                || Thread.currentThread().isInterrupted();
    }

    private TideScopeException failed(IOException e, Deadline deadline) {
        if (e instanceof SocketTimeoutException) {
            return !deadline.passed() && deadline.remaining().toMillis() > 0
                    ? unavailable(e)
                    : new TideScopeException(
                            ErrorCode.DEADLINE_EXCEEDED,
                            "The deadline passed before the node at %s had answered."
                                    .formatted(address),
                            e);
        }
        return Thread.currentThread().isInterrupted() ? interrupted(e) : unavailable(e);
    }

    private Frame ask(
            NodeConnection connection,
            boolean sent,
            Frame.Kind kind,
            Consumer<FrameBuffer> write,
            Deadline deadline)
            throws IOException {
        boolean reusable = false;
        try {
            Frame answer =
                    sent ? connection.receive(deadline) : connection.ask(kind, write, deadline);
            reusable = true;
            return answer;
        } finally {
            giveBack(connection, reusable);
        }
    }

    private void giveBack(NodeConnection connection, boolean reusable) {
        if (reusable && !closed) {
            idle.push(connection);
        } else {
            connection.close();
        }
        if (closed) {
            closeIdle();
        }
    }

    private NodeConnection open(Deadline deadline) throws IOException {
        if (closed) {
            throw new IOException("this side has closed");
        }
        return NodeConnection.open(
                address, cluster, tls, earlier(Deadline.in(limits.connect()), deadline));
    }

    private static Deadline earlier(Deadline one, Deadline other) {
        return one.nanoTime() - other.nanoTime() < 0 ? one : other;
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
