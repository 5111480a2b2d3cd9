package io.tidescope.app.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Children that start side by side and stop side by side. */
public final class ChildGroup implements AutoCloseable {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final List<ChildProcess> children;

    public ChildGroup(List<ChildProcess> children) {
        this.children = List.copyOf(children);
    }

    /**
     * Starts all of them; they work when this returns.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when one does not come up
     * @throws java.util.concurrent.CancellationException when closed meanwhile
     */
    public void start() throws IOException, InterruptedException {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (ChildProcess child : children) {
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

    @Override
    public void close() {
        CompletableFuture.allOf(
                        children.stream()
                                .map(child -> CompletableFuture.runAsync(child::close, THREADS))
                                .toArray(CompletableFuture[]::new))
                .join();
    }
}
