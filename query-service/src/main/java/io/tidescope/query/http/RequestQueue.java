package io.tidescope.query.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many requests be answered at a time, and so many more wait a moment for their turn, first
 * come first served: a pause of a busy machine should make them late, and not send them away. Safe
 * for concurrent use.
 */
final class RequestQueue {
    private final Semaphore places;
    private final Semaphore turns;
    private final Duration patience;

    /**
     * @param answered at the same time
     * @param waiting beside those; one more is refused at once
     * @param patience how long one waits before it is refused
     */
    RequestQueue(int answered, int waiting, Duration patience) {
        places = new Semaphore(answered + waiting);
        turns = new Semaphore(answered, true);
        this.patience = patience;
    }

    /** Whether it may be answered; then it has to {@link #leave}. */
    boolean enter() {
        if (!places.tryAcquire()) {
            return false;
        }
        boolean entered = false;
        try {
            entered = turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        } finally {
            if (!entered) {
                places.release();
            }
        }
        return entered;
    }

    void leave() {
        turns.release();
        places.release();
    }
}
