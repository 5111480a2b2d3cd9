package io.tidescope.store;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The few threads that scan partitions, for all queries of a node. Those that take the least time
 * go first, so that long searches keep neither names nor the first matches of others waiting; who
 * waits too long gives up by a deadline. Safe for concurrent use.
 */
final class Scanners implements AutoCloseable {
    /** Well above what all requests of a node ask of all its partitions at once. */
    static final int MAX_WAITING = 16_384;

    private final PriorityBlockingQueue<Runnable> waiting = new PriorityBlockingQueue<>();
    private final AtomicLong number = new AtomicLong();
    private final ThreadPoolExecutor threads;

    Scanners(int threads) {
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        waiting,
                        Thread.ofPlatform().name("store-scan-", 0).daemon(true).factory());
    }

    /** Whether no more scans are taken. */
    boolean full() {
        return waiting.size() >= MAX_WAITING;
    }

    /**
     * Has a thread scan as soon as one is free.
     *
     * @param time how long it may take
     * @throws TideScopeException UNAVAILABLE when too many are waiting, or the node has stopped
     */
    <R> Future<R> submit(Duration time, Callable<R> scan) {
        if (full()) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "%d scans are waiting for a thread; ask again shortly.".formatted(MAX_WAITING));
        }
        Scan<R> task = new Scan<>(time, number.getAndIncrement(), scan);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw new TideScopeException(ErrorCode.UNAVAILABLE, "The store is not running.", e);
        }
        return task;
    }

    /** Ends what is under way; what waits is never begun, and nobody waits for it any more. */
    @Override
    public void close() {
        for (Runnable scan : threads.shutdownNow()) {
            if (scan instanceof Scan<?> waited) {
                waited.cancel(false);
            }
        }
    }

    private final class Scan<R> extends FutureTask<R> implements Comparable<Scan<?>> {
        private static final Comparator<Scan<?>> ORDER =
                Comparator.<Scan<?>, Duration>comparing(it -> it.time)
                        .thenComparingLong(it -> it.number);

        private final Duration time;
        private final long number;

        Scan(Duration time, long number, Callable<R> scan) {
            super(scan);
            this.time = time;
            this.number = number;
        }

        @Override
        public int compareTo(Scan<?> other) {
            return ORDER.compare(this, other);
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                waiting.remove(this);
            }
        }
    }
}
