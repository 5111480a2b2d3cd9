package io.tidescope.store.rocks;

import java.util.concurrent.CancellationException;

/** Something long that is done to a store while it answers, and tells how far it has come. */
abstract class Errand {
    private volatile boolean cancelled;
    private volatile long done;
    private volatile long total;

    /**
     * Does it.
     *
     * @throws CancellationException soon after it was cancelled
     * @throws io.tidescope.schemas.TideScopeException why it came to nothing
     */
    abstract void run();

    void cancel() {
        cancelled = true;
    }

    final void goOn() {
        if (cancelled) {
            throw new CancellationException("the partition was closed here");
        }
    }

    final void reached(long now, long of) {
        done = now;
        total = of;
    }

    final long done() {
        return done;
    }

    final long total() {
        return total;
    }
}
