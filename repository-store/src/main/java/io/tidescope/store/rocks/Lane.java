package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What is to be done for one store: in the order in which it is handed in, one after the other, on
 * threads that other stores use as well. After a failure nothing more is done.
 */
final class Lane {
    /** How often whoever waits for something looks whether things are still done. */
    private static final Duration PATROL = Duration.ofMillis(100);

    private final Executor threads;
    private final Semaphore room;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private boolean running;
    private @Nullable Throwable failure;

    private record Work(int bytes, Runnable what) {}

    Lane(Executor threads, Semaphore room) {
        this.threads = threads;
        this.room = room;
    }

    /**
     * Hands something in, as soon as there is room for it.
     *
     * @param bytes that it holds in memory until it is done
     * @throws RuntimeException what was handed in before failed with
     */
    void hand(int bytes, Runnable what) {
        int taken = Math.min(bytes, Appliers.ROOM_BYTES);
        room.acquireUninterruptibly(taken);
        boolean begins;
        synchronized (this) {
            waiting.add(new Work(taken, what));
            begins = !running;
            running = true;
        }
        if (begins) {
            threads.execute(this::work);
        }
        check();
    }

    /**
     * Hands something in that takes no room, and waits for what comes of it. What it fails with is
     * the caller's, and what is handed in after it is done all the same. Either it is done to its
     * end, and that is told, or it is not done at all.
     *
     * @throws RuntimeException what it failed with, or what was handed in before
     * @throws CancellationException when the caller was interrupted before it was begun
     */
    <T> T call(Supplier<T> what) {
        Call<T> call = new Call<>(what);
        boolean interrupted = false;
        call.unlessBegun(() -> hand(0, call));
        try {
            while (true) {
                try {
                    return call.result.get(PATROL.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // After a failure it is never begun.
                    call.unlessBegun(this::check);
                } catch (InterruptedException e) {
                    interrupted = true;
                    call.unlessBegun(
                            () -> {
                                throw new CancellationException(
                                        "interrupted while a store was maintained");
                            });
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException known
                            ? known
                            : new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What somebody waits for, and may give up as long as it is not begun. */
    private static final class Call<T> implements Runnable {
        private final Supplier<T> what;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        /** Begun or given up. */
        private final AtomicBoolean settled = new AtomicBoolean();

        Call(Supplier<T> what) {
            this.what = what;
        }

        @Override
        public void run() {
            if (settled.compareAndSet(false, true)) {
                result.completeAsync(what, Runnable::run);
            }
        }

        /** Does something that fails when it should be given up. */
        void unlessBegun(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                if (settled.compareAndSet(false, true)) {
                    throw e;
                }
            }
        }
    }

    /** Does the first that waits, and has a thread do the next after those of others. */
    private void work() {
        Work work;
        boolean failed;
        synchronized (this) {
            work = waiting.remove();
            failed = failure != null;
        }
        Throwable thrown = null;
        try {
            if (!failed) {
                work.what().run();
            }
        } catch (Throwable e) {
            thrown = e;
        }
        room.release(work.bytes());
        if (ended(thrown)) {
            threads.execute(this::work);
        }
    }

    private synchronized boolean ended(@Nullable Throwable thrown) {
        if (thrown != null) {
            failure = thrown;
        }
        running = !waiting.isEmpty();
        if (!running) {
            notifyAll();
        }
        return running;
    }

    /**
     * Waits until all that was handed in is done.
     *
     * @throws RuntimeException what that failed with
     */
    void drain() {
        idle();
        check();
    }

    /** Waits until nothing is done any more, well or not. */
    synchronized void idle() {
        boolean interrupted = false;
        while (running) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Does nothing, unless something failed.
     *
     * @throws RuntimeException what it failed with
     */
    synchronized void check() {
        switch (failure) {
            case null -> {}
            case RuntimeException known -> throw known;
            case Error known -> throw known;
            default -> throw new IllegalStateException(failure);
        }
    }
}
