package io.tidescope.query.http;

import io.javalin.http.Context;

import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Hangs up on clients that do not read their answers: an answer that cannot be written holds a
 * thread and a place among the requests. Looks after them on a thread of its own, while it is open.
 *
 * <p>What counts is the time that writing is held up. It may be some time in all, and then some
 * more for what was read meanwhile, so that neither a client that reads nothing nor one that reads
 * a byte now and then is waited for.
 */
final class SlowReaders implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SlowReaders.class);

    private final Duration grace;
    private final int bytesPerSecond;
    private final Set<Guarded> writing = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    /**
     * @param grace how long the writing of an answer may be held up
     * @param bytesPerSecond so many bytes that were read are worth another second
     */
    SlowReaders(Duration grace, int bytesPerSecond) {
        this.grace = grace;
        this.bytesPerSecond = bytesPerSecond;
        thread = Thread.ofPlatform().name("http-slow-readers").daemon().start(this::watch);
    }

    /** The stream that a request is answered on; to be closed, which leaves the answer open. */
    Guarded guard(Context context) throws IOException {
        Guarded guarded = new Guarded(context, context.res().getOutputStream());
        writing.add(guarded);
        return guarded;
    }

    /** Answers with what there is, as long as it is read. */
    void write(Context context, byte[] answer) throws IOException {
        context.res().setContentLength(answer.length);
        try (Guarded out = guard(context)) {
            out.write(answer, 0, answer.length);
            // While somebody looks after it.
            out.flush();
        }
    }

    private void watch() {
        long pause = Math.max(1, grace.toMillis() / 10);
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(pause);
                long now = System.nanoTime();
                writing.stream().filter(it -> it.isTooSlow(now)).forEach(Guarded::hangUp);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Measures how long writing is held up. Written to by one thread. */
    final class Guarded extends OutputStream {
        private final Context context;
        private final OutputStream out;
        private long written;
        private long heldUpNanos;
        private long since;
        private boolean busy;
        private boolean over;

        private Guarded(Context context, OutputStream out) {
            this.context = context;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            begin();
            try {
                out.write(bytes, start, length);
            } finally {
                end(length);
            }
        }

        @Override
        public void flush() throws IOException {
            begin();
            try {
                out.flush();
            } finally {
                end(0);
            }
        }

        private synchronized void begin() {
            busy = true;
            since = System.nanoTime();
        }

        private synchronized void end(int length) {
            busy = false;
            heldUpNanos += System.nanoTime() - since;
            written += length;
        }

        private synchronized boolean isTooSlow(long now) {
            long heldUp = heldUpNanos + (busy ? now - since : 0);
            long allowed = grace.toNanos() + written * 1_000_000_000L / bytesPerSecond;
            return busy && !over && heldUp > allowed;
        }

        private void hangUp() {
            synchronized (this) {
                over = true;
            }
            log.atInfo()
                    .addKeyValue("path", context.path())
                    .log("The client reads its answer too slowly; hanging up");
            ServletContextRequest.getServletContextRequest(context.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        }

        @Override
        public void close() {
            writing.remove(this);
        }
    }
}
