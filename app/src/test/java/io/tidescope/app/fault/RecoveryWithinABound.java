package io.tidescope.app.fault;

import io.tidescope.testing.fault.Violation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The guarantee that some time after the last fault is over everything is as if there had been
 * none.
 */
final class RecoveryWithinABound {
    /** Generous: a machine on which everything shares two cores takes most of it to start JVMs. */
    static final Duration BOUND = Duration.ofSeconds(90);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final long begun = System.nanoTime();

    /** How long ago it began. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Waits for a condition, until the bound is reached. */
    List<Violation> await(String what, BooleanSupplier condition, Supplier<String> state) {
        while (!condition.getAsBoolean()) {
            if (elapsed().compareTo(BOUND) > 0) {
                return List.of(
                        Violation.of(
                                RecoveryWithinABound.class,
                                "%s: not within %d s: %s"
                                        .formatted(what, BOUND.toSeconds(), state.get())));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return List.of();
    }
}
