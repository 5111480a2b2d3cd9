package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.remote.HelloFormat.Hello;
import io.tidescope.store.remote.HelloFormat.Versions;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a node, for one question after the other. A question that ends in an exception of
 * the connection leaves it of no more use. For one thread at a time.
 */
final class NodeConnection implements AutoCloseable {
    /** What the kernel takes at once, whether or not the other side reads. */
    private static final int SENT_AT_ONCE = 16 << 10;

    /** What is closed: the secured one's close would wait for a write that is stuck. */
    private final Socket plain;

    private final NodeAddress address;
    private final DeadlineStream in;
    private final InputStream buffered;
    private final FrameReader answers;
    private final OutputStream out;
    private final FrameBuffer question = new FrameBuffer(ServerLimits.REQUEST_BYTES);
    private int version;
    private boolean answering;
    private long lastUsed = System.nanoTime();

    /**
     * @param stream carries what is said: the plain one, or the secured one over it
     */
    private NodeConnection(NodeAddress address, Socket plain, Socket stream) throws IOException {
        this.address = address;
        this.plain = plain;
        in = new DeadlineStream(stream);
        buffered = new BufferedInputStream(in);
        answers = new FrameReader(buffered, ServerLimits.ANSWER_BYTES);
        out = stream.getOutputStream();
    }

    /**
     * @param deadline by which it is made, hello included
     * @throws TideScopeException UNAVAILABLE when the node refuses the connection by name
     * @throws IOException when there is no node
     */
    static NodeConnection open(
            NodeAddress address, String cluster, @Nullable SSLContext tls, Deadline deadline)
            throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            plain.connect(new InetSocketAddress(address.host(), address.port()), millis(deadline));
            NodeConnection connection =
                    new NodeConnection(
                            address,
                            plain,
                            tls == null ? plain : secured(plain, address, tls, deadline));
            HelloFormat.write(new Hello(Versions.OURS, cluster), connection.out);
            connection.in.until(deadline);
            int version = HelloFormat.readWelcome(connection.buffered);
            if (version < HelloFormat.OLDEST || version > HelloFormat.NEWEST) {
                throw new IOException("it chose version %d of the protocol".formatted(version));
            }
            connection.version = version;
            return connection;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static SSLSocket secured(
            Socket plain, NodeAddress address, SSLContext tls, Deadline deadline)
            throws IOException {
        SSLSocket secured =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(plain, address.host(), address.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(millis(deadline));
        secured.startHandshake();
        return secured;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param write puts the question together
     * @throws TideScopeException UNSUPPORTED_VERSION when the node does not know such questions
     * @throws SocketTimeoutException when the deadline passes
     * @throws IOException when the connection does not last until then
     */
    Frame ask(Frame.Kind kind, Consumer<FrameBuffer> write, Deadline deadline) throws IOException {
        compose(kind, write);
        in.until(deadline);
        try {
            send(deadline);
        } finally {
            question.clear();
        }
        return receive(deadline);
    }

    /**
     * Asks without waiting for anything; false when the question is so large that sending it might
     * have to, and was not sent.
     *
     * @throws IOException when the connection is no more
     */
    boolean askAtOnce(Frame.Kind kind, Consumer<FrameBuffer> write) throws IOException {
        compose(kind, write);
        try {
            if (question.size() > SENT_AT_ONCE) {
                return false;
            }
            question.sendTo(out);
            return true;
        } finally {
            question.clear();
        }
    }

    private void compose(Frame.Kind kind, Consumer<FrameBuffer> write) {
        if (kind.since() > version) {
            throw new TideScopeException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "The node of the store at %s is of an older version, which %s; upgrade it."
                            .formatted(address, missing(kind)));
        }
        answering = false;
        question.begin(kind);
        write.accept(question);
    }

    /** What a node cannot do that does not know such questions. */
    private static String missing(Frame.Kind kind) {
        return switch (kind) {
            case ASK_RESTRICTED -> "cannot answer who may not see everything";
            case INSPECT -> "does not tell how it does inside";
            case ASK, STATUS, REPLIES, NODE_STATUS, NODE_INSPECTION, FAILURE ->
                    throw new IllegalArgumentException(kind + " is no newer question");
        };
    }

    /**
     * Waits for the answer to what was asked.
     *
     * @throws SocketTimeoutException when the time is over: it may be called again
     * @throws IOException when the connection does not last until then
     */
    Frame receive(Deadline until) throws IOException {
        in.until(until);
        Frame answer = answers.read(() -> answering = true);
        if (answer == null) {
            throw new EOFException("the node closed the connection");
        }
        lastUsed = System.nanoTime();
        return answer;
    }

    private void send(Deadline deadline) throws IOException {
        if (question.size() <= SENT_AT_ONCE) {
            question.sendTo(out);
            return;
        }
        // A write has no timeout of its own.
        CompletableFuture<Void> sent = new CompletableFuture<>();
        var unused =
                sent.orTimeout(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)
                        .exceptionally(
                                timeout -> {
                                    close();
                                    return null;
                                });
        try {
            question.sendTo(out);
        } catch (IOException e) {
            if (sent.isCompletedExceptionally()) {
                throw new SocketTimeoutException("the node did not take the question in time");
            }
            throw e;
        } finally {
            sent.complete(null);
        }
    }

    /** Whether the last question had begun to be answered. */
    boolean answering() {
        return answering;
    }

    /** Whether it was not used for so long. */
    boolean unusedFor(Duration time) {
        return System.nanoTime() - lastUsed > time.toNanos();
    }

    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            throw new TideScopeException(ErrorCode.INTERNAL, "closing a connection failed", e);
        }
    }

    private static int millis(Deadline deadline) throws SocketTimeoutException {
        long millis = deadline.remaining().toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("the deadline passed");
        }
        return Math.toIntExact(Math.min(millis, Integer.MAX_VALUE));
    }

    /** Reads until a deadline, however slowly bytes trickle in. */
    private static final class DeadlineStream extends FilterInputStream {
        private final Socket socket;
        private Deadline deadline = new Deadline(0);

        DeadlineStream(Socket socket) throws IOException {
            super(socket.getInputStream());
            this.socket = socket;
        }

        void until(Deadline end) {
            deadline = end;
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(millis(deadline));
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            socket.setSoTimeout(millis(deadline));
            return super.read(bytes, offset, length);
        }
    }
}
