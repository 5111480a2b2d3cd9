package io.tidescope.store;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Tells for how long a member of the group may still act on its partitions without hearing from the
 * group: a process that was stopped, or cut off, and wakes up must not answer as active for what
 * others have been given meanwhile.
 *
 * <p>The group gives a member's partitions away no sooner than a session timeout after the last
 * sign of life came that it accepted, so a lease of less than that from when the sign was
 * <em>sent</em> is over before. Neither is known: a response may be the one that says that the
 * member is none any more. But a member sends a sign only after the response to the one before it,
 * and none after a refusal. So of the last response at least the sign before was accepted, and that
 * was sent after the response before came: the lease counts from the last look at which that one
 * had not been there yet. Responses come to joins as well as to heartbeats.
 *
 * <p>By two clocks, for the monotonic one stands still while a machine is suspended, and the wall's
 * may be set back; the lease is over when either says so.
 *
 * <p>One thread looks, any number ask.
 */
final class Lease {
    /** Of the session timeout; heartbeats come often enough that one of them may be lost. */
    private static final double SHARE = 0.8;

    private final DoubleSupplier responses;
    private final LongSupplier nanoTime;
    private final LongSupplier wallMillis;
    private final long nanos;

    private double seen;
    private Moment lastLook;

    /** The last look before the first one that saw the last response. */
    private Moment beforeLast;

    /** The same of the response before. */
    private Moment beforeNextToLast;

    private volatile @Nullable Moment proven;

    private record Moment(long nanoTime, long wallMillis) {}

    /**
     * @param responses how many responses the group's coordinator gave so far
     */
    Lease(DoubleSupplier responses, Duration sessionTimeout, LongSupplier nanoTime) {
        this(responses, sessionTimeout, nanoTime, System::currentTimeMillis);
    }

    Lease(
            DoubleSupplier responses,
            Duration sessionTimeout,
            LongSupplier nanoTime,
            LongSupplier wallMillis) {
        this.responses = responses;
        this.nanoTime = nanoTime;
        this.wallMillis = wallMillis;
        nanos = (long) (sessionTimeout.toNanos() * SHARE);
        lastLook = now();
        beforeLast = lastLook;
        beforeNextToLast = lastLook;
    }

    private Moment now() {
        return new Moment(nanoTime.getAsLong(), wallMillis.getAsLong());
    }

    /** Takes notice of responses that came since the last look. */
    void look() {
        // The clocks first: what is counted came before it is read.
        Moment now = now();
        double count = responses.getAsDouble();
        double more = count - seen;
        if (more >= 1) {
            proven = more >= 3 ? lastLook : more >= 2 ? beforeLast : beforeNextToLast;
            beforeNextToLast = more >= 2 ? lastLook : beforeLast;
            beforeLast = lastLook;
            seen = count;
        }
        lastLook = now;
    }

    boolean valid() {
        Moment since = proven;
        if (since == null) {
            return false;
        }
        Moment now = now();
        return now.nanoTime() - since.nanoTime() < nanos
                && now.wallMillis() - since.wallMillis() < TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
