package io.tidescope.store.remote;

import io.tidescope.store.remote.HelloFormat.Hello;
import io.tidescope.store.remote.HelloFormat.Versions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection that another node opened: one thread reads a question, answers it and sends the
 * answer, until either side hangs up. Whoever watches it closes it when the other side takes too
 * long over its part.
 */
final class ServedConnection implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ServedConnection.class);

    private final Socket socket;
    private final @Nullable SSLContext tls;
    private final String cluster;
    private final Answering answering;
    private final ServerLimits limits;
    private final FrameBuffer buffer;
    private volatile Phase phase;

    /**
     * What the connection is at.
     *
     * @param ends when that has taken too long, by {@link System#nanoTime}; it is for {@code
     *     ANSWERING} to keep its own deadline
     */
    private record Phase(Step step, long ends) {}

    private enum Step {
        /** Waits for a question. */
        IDLE,
        /** Waits for the rest of a hello or a question. */
        READING,
        ANSWERING,
        /** Waits for the other side to take the answer. */
        WRITING
    }

    ServedConnection(
            Socket socket,
            @Nullable SSLContext tls,
            String cluster,
            Answering answering,
            ServerLimits limits) {
        this.socket = socket;
        this.tls = tls;
        this.cluster = cluster;
        this.answering = answering;
        this.limits = limits;
        buffer = new FrameBuffer(limits.answerBytes());
        phase = phase(Step.READING, limits.transfer());
    }

    @Override
    public void run() {
        try (socket) {
            serve(tls == null ? socket : secured(tls));
        } catch (IOException e) {
            log.atDebug()
                    .addKeyValue("peer", socket.getRemoteSocketAddress())
                    .addKeyValue("reason", e.toString())
                    .log("connection of another node ended");
        }
    }

    /** The certificate of the other side is asked for: it may ask for all there is. */
    private Socket secured(SSLContext context) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secured.setNeedClientAuth(true);
        secured.startHandshake();
        return secured;
    }

    private void serve(Socket stream) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        InputStream in = new BufferedInputStream(stream.getInputStream());
        FrameReader frames = new FrameReader(in, limits.requestBytes());
        OutputStream out = stream.getOutputStream();
        Hello hello = HelloFormat.read(in);
        OptionalInt version = Versions.OURS.common(hello.versions());
        Optional<String> objection = objection(hello, version);
        if (objection.isPresent()) {
            log.atWarn()
                    .addKeyValue("peer", socket.getRemoteSocketAddress())
                    .addKeyValue("reason", objection.get())
                    .log("connection of another node refused");
            HelloFormat.refuse(objection.get(), out);
            return;
        }
        HelloFormat.welcome(version.getAsInt(), out);
        while (true) {
            phase = phase(Step.IDLE, limits.idle());
            Frame question = frames.read(() -> phase = phase(Step.READING, limits.transfer()));
            if (question == null) {
                return;
            }
            phase = new Phase(Step.ANSWERING, 0);
            answering.answer(question, buffer);
            try {
                phase = phase(Step.WRITING, limits.transfer());
                buffer.sendTo(out);
            } finally {
                answering.sent(buffer);
                buffer.clear();
            }
        }
    }

    private Optional<String> objection(Hello hello, OptionalInt version) {
        if (version.isEmpty()) {
            return Optional.of(
                    "This node of the store speaks %s of the protocol and the other side %s; nodes go together that are one version apart at most."
                            .formatted(Versions.OURS, hello.versions()));
        }
        return hello.cluster().equals(cluster)
                ? Optional.empty()
                : Optional.of(
                        "This node of the store belongs to cluster %s and the other side to %s; are both configured with the same Kafka cluster and topic prefix?"
                                .formatted(cluster, hello.cluster()));
    }

    private static Phase phase(Step step, Duration time) {
        return new Phase(step, System.nanoTime() + time.toNanos());
    }

    /** Whether the other side has taken longer over its part than it may. */
    boolean overdue() {
        Phase now = phase;
        return now.step() != Step.ANSWERING && System.nanoTime() - now.ends() > 0;
    }

    /**
     * Ends it with a reason instead of running it; what the other side may have said is not read.
     * One that is encrypted ends without.
     */
    void refuse(String reason) {
        try (socket) {
            if (tls == null) {
                // Little enough for the kernel to take at once.
                HelloFormat.refuse(reason, socket.getOutputStream());
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("refusing a connection");
        }
    }

    /** Whether no question is being answered. */
    boolean idle() {
        return phase.step() == Step.IDLE;
    }

    /** Ends it from another thread, whatever it is at. */
    void close() {
        try {
            if (phase.step() == Step.WRITING) {
                // What the other side does not take need not be kept for it.
                socket.setSoLinger(true, 0);
            }
            // Not the secured one, whose close waits for a write that is stuck.
            socket.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("closing a connection");
        }
    }
}
