package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What is to be done for one store: in the order in which it is handed in, one after the other, on
 * threads that other stores use as well. After a failure nothing more is done.
 */
final class Lane {
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
