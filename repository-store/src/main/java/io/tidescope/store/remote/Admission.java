package io.tidescope.store.remote;

import io.tidescope.store.query.Deadline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many in at a time, and so many wait for their turn, first come first served. Safe for
 * concurrent use.
 */
final class Admission {
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int maxWaiting;

    Admission(int places, int maxWaiting) {
        this.places = new Semaphore(places, true);
        this.maxWaiting = maxWaiting;
    }

    /**
     * Whether there is a place before the deadline; who was let in leaves again.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    boolean enter(Deadline deadline) throws InterruptedException {
        if (places.tryAcquire()) {
            return true;
        }
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return places.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Whether there is a place now that nobody waits for. */
    boolean enterNow() {
        return waiting.get() == 0 && places.tryAcquire();
    }

    void leave() {
        places.release();
    }
}
