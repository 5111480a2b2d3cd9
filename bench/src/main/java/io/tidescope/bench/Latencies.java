package io.tidescope.bench;

import java.util.Arrays;
import java.util.Locale;

/** Durations that were measured, and their percentiles. */
public final class Latencies {
    private final long[] sortedNanos;

    public Latencies(long[] nanos) {
        sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    /** The smallest duration that this share of all, from 0 to 1, does not exceed; nearest rank. */
    public double millis(double share) {
        int rank = (int) Math.ceil(share * sortedNanos.length);
        return sortedNanos[Math.max(rank, 1) - 1] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, worst %.2f ms over %d",
                millis(0.5),
                millis(0.99),
                millis(1),
                sortedNanos.length);
    }
}
