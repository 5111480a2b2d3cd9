package io.tidescope.query.routing;

import java.util.function.LongSupplier;

/**
 * A clock that stands still while this process does: it goes on for so long after it was wound up
 * and no longer. Who was silent while nobody listened has not been silent. Never goes back; one
 * thread winds it up, any number read it.
 */
final class AwakeClock {
    private final LongSupplier nanoTime;
    private final long most;
    private volatile Wound wound;

    /**
     * What both clocks showed at one moment.
     *
     * @param real {@link System#nanoTime()}
     */
    private record Wound(long real, long shown) {}

    /**
     * @param most nanoseconds that it goes on without being wound up
     */
    AwakeClock(LongSupplier nanoTime, long most) {
        this.nanoTime = nanoTime;
        this.most = most;
        long real = nanoTime.getAsLong();
        wound = new Wound(real, real);
    }

    long now() {
        return shown(wound, nanoTime.getAsLong());
    }

    void windUp() {
        long real = nanoTime.getAsLong();
        wound = new Wound(real, shown(wound, real));
    }

    private long shown(Wound last, long real) {
        return last.shown() + Math.clamp(real - last.real(), 0, most);
    }
}
