package io.tidescope.bench;

import java.util.function.LongSupplier;

/**
 * What work took.
 *
 * @param seconds from its begin to its end
 * @param processorSeconds of all threads of the processes that are looked at
 */
public record Cost(double seconds, double processorSeconds) {
    private static final double NANOS = 1e9;

    /** What is measured; it returns when the work is done. */
    public interface Work {
        void run() throws Exception;
    }

    /** With the processor time of this process. */
    public static Cost of(Work work) throws Exception {
        return of(RestoredStore::processorNanos, work);
    }

    /**
     * With the processor time of other processes, or more of them.
     *
     * @param processorNanos that they have used so far
     */
    public static Cost of(LongSupplier processorNanos, Work work) throws Exception {
        long processor = processorNanos.getAsLong();
        long start = System.nanoTime();
        work.run();
        return new Cost(
                (System.nanoTime() - start) / NANOS,
                (processorNanos.getAsLong() - processor) / NANOS);
    }

    Cost plus(Cost other) {
        return new Cost(seconds + other.seconds, processorSeconds + other.processorSeconds);
    }
}
