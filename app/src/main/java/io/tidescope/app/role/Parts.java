package io.tidescope.app.role;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/**
 * What has been started so far, to be stopped in reverse; a stop may come in the middle of the
 * start, on another thread.
 */
public final class Parts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> started = new ArrayDeque<>();
    private final Object stopping = new Object();
    private boolean closed;

    private record Part(String name, AutoCloseable resource) {}

    /**
     * Takes over a part.
     *
     * @throws CancellationException when everything has been stopped meanwhile; the part is closed
     */
    public <T extends AutoCloseable> T add(String name, T resource) {
        Part part = new Part(name, resource);
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                started.push(part);
            }
        }
        if (late) {
            stop(part);
            throw new CancellationException("stopped during the start");
        }
        return resource;
    }

    /**
     * Stops everything, the newest first; one that fails does not keep the others from it. Whoever
     * calls, everything has been stopped when it returns.
     */
    @Override
    public void close() {
        synchronized (stopping) {
            for (Part part = next(); part != null; part = next()) {
                stop(part);
            }
        }
    }

    private synchronized @Nullable Part next() {
        closed = true;
        return started.poll();
    }

    private static void stop(Part part) {
        long begin = System.nanoTime();
        try {
            part.resource().close();
            log.atInfo()
                    .addKeyValue("part", part.name())
                    .addKeyValue("millis", (System.nanoTime() - begin) / 1_000_000)
                    .log("Stopped");
        } catch (Exception e) {
            log.atWarn().addKeyValue("part", part.name()).setCause(e).log("Did not stop cleanly");
        }
    }
}
