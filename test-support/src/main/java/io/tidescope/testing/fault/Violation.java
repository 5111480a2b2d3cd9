package io.tidescope.testing.fault;

/**
 * An invariant that did not hold.
 *
 * @param invariant simple name of its class
 * @param what was wrong, in words
 */
public record Violation(String invariant, String what) {
    /** Of an invariant, by its class. */
    public static Violation of(Class<?> invariant, String what) {
        return new Violation(invariant.getSimpleName(), what);
    }

    @Override
    public String toString() {
        return invariant + ": " + what;
    }
}
