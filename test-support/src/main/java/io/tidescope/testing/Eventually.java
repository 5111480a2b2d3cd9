package io.tidescope.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, looking again and again until a deadline. */
public final class Eventually {
    private static final long PAUSE_MILLIS = 20;

    private Eventually() {}

    /**
     * Returns once the condition holds.
     *
     * @param what what is waited for, for the message of the failure
     * @param state what to add to the message when the deadline passes
     */
    public static void until(
            Duration limit, String what, BooleanSupplier condition, Supplier<String> state) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        what + ": not within " + limit.toSeconds() + " s; " + state.get());
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting: " + what, e);
            }
        }
    }

    public static void until(Duration limit, String what, BooleanSupplier condition) {
        until(limit, what, condition, () -> "it never held");
    }
}
