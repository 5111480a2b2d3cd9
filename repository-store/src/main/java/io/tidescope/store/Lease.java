package io.tidescope.store;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Tells for how long a member of the group may still act on its partitions without hearing from the
 * group: a process that was stopped, or cut off, and wakes up must not answer as active for what
 * others have been given meanwhile.
 *
 * <p>The group gives a member's partitions away no sooner than a session timeout after its last
 * sign of life came, so a lease of less than that from when the sign was <em>sent</em> is over
 * before. When it was sent is not known, but it was after the response before it came: so the lease
 * counts from the last look at which that response had not been there yet. Responses come to joins
 * as well as to heartbeats; one that says that the member is none any more is the last one, and
 * counts from before it as any other.
 *
 * <p>One thread looks, any number ask.
 */
final class Lease {
    /** Of the session timeout; heartbeats come often enough that one of them may be lost. */
    private static final double SHARE = 0.8;

    private final DoubleSupplier responses;
    private final LongSupplier nanoTime;
    private final long nanos;

    private double seen;
    private long lastLook;

    /** The last look before the first one that saw what was seen last. */
    private long beforeSeen;

    private volatile long provenAt;
    private volatile boolean proven;

    /**
     * @param responses how many responses the group's coordinator gave so far
     */
    Lease(DoubleSupplier responses, Duration sessionTimeout, LongSupplier nanoTime) {
        this.responses = responses;
        this.nanoTime = nanoTime;
        nanos = (long) (sessionTimeout.toNanos() * SHARE);
        lastLook = nanoTime.getAsLong();
        beforeSeen = lastLook;
    }

    /** Takes notice of responses that came since the last look. */
    void look() {
        // The clock first: what is counted came before it is read.
        long now = nanoTime.getAsLong();
        double count = responses.getAsDouble();
        if (count > seen) {
            provenAt = count > seen + 1 ? lastLook : beforeSeen;
            proven = true;
            beforeSeen = lastLook;
            seen = count;
        }
        lastLook = now;
    }

    boolean valid() {
        return proven && nanoTime.getAsLong() - provenAt < nanos;
    }
}
