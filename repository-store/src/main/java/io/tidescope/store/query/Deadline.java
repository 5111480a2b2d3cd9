package io.tidescope.store.query;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;

/**
 * The moment after which nobody waits for an answer, on this process's monotonic clock.
 *
 * @param nanoTime {@link System#nanoTime()} at the deadline
 */
public record Deadline(long nanoTime) {
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public boolean passed() {
        return System.nanoTime() - nanoTime >= 0;
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Ends work that nobody waits for any more; long loops call it every few hundred steps. */
    public void check() {
        if (passed()) {
            throw new TideScopeException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The deadline passed before the answer was complete.");
        }
    }
}
