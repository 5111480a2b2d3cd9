package io.tidescope.app.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Children that are started batch by batch, those of a batch side by side, and stop all at once.
 */
public final class ChildGroup implements AutoCloseable {
    // No virtual threads: reading a process's pipe blocks the thread that carries one.
    private static final Executor THREADS =
            task -> Thread.ofPlatform().daemon().name("child").start(task);

    private final List<ChildProcess> children = new ArrayList<>();
    private boolean closed;

    /**
     * Starts a batch; its children work when this returns.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when one does not come up
     * @throws CancellationException when closed meanwhile
     */
    public void start(List<ChildProcess> batch) throws IOException, InterruptedException {
        synchronized (this) {
            if (closed) {
                throw new CancellationException("closed during the start");
            }
            children.addAll(batch);
        }
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (ChildProcess child : batch) {
            starts.add(CompletableFuture.runAsync(() -> start(child), THREADS));
        }
        try {
            starts.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case UncheckedIOException io -> throw new IOException(io.getMessage(), io);
                case RuntimeException reason -> throw reason;
                case null, default -> throw e;
            }
        }
    }

    private static void start(ChildProcess child) {
        try {
            child.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process started", e);
        }
    }

    /** Stops all that were started, in about as long as the slowest takes. */
    @Override
    public void close() {
        CompletableFuture.allOf(
                        all().stream()
                                .map(child -> CompletableFuture.runAsync(child::close, THREADS))
                                .toArray(CompletableFuture[]::new))
                .join();
    }

    private synchronized List<ChildProcess> all() {
        closed = true;
        return List.copyOf(children);
    }
}
