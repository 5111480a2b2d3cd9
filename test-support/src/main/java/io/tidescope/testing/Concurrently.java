package io.tidescope.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same for many things, several at a time; the first failure is thrown at the end. */
final class Concurrently {
    private static final int THREADS = 8;

    private Concurrently() {}

    static <T> void forEach(Collection<T> things, Consumer<T> action) {
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (T thing : things) {
                running.add(pool.submit(() -> action.accept(thing)));
            }
            for (Future<?> one : running) {
                await(one, pool);
            }
        }
    }

    private static void await(Future<?> one, ExecutorService pool) {
        try {
            one.get();
        } catch (ExecutionException e) {
            pool.shutdownNow();
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
