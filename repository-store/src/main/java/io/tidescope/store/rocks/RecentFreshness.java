package io.tidescope.store.rocks;

import io.tidescope.store.query.NodeInspection.Freshness;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fresh the last revisions were, those of an hour at most. Safe for concurrent use. */
final class RecentFreshness {
    static final int MOST = 4_096;

    private static final Duration AGE = Duration.ofHours(1);

    private final Deque<Measured> measured = new ArrayDeque<>();

    private record Measured(Instant at, double seconds) {}

    synchronized void add(double seconds, Instant now) {
        if (measured.size() == MOST) {
            measured.removeFirst();
        }
        measured.addLast(new Measured(now, seconds));
    }

    /** Null when there is none. */
    synchronized @Nullable Freshness summary(Instant now) {
        double[] seconds =
                measured.stream()
                        .filter(each -> !each.at().isBefore(now.minus(AGE)))
                        .mapToDouble(Measured::seconds)
                        .sorted()
                        .toArray();
        return seconds.length == 0
                ? null
                : new Freshness(
                        seconds.length,
                        percentile(seconds, 0.5),
                        percentile(seconds, 0.99),
                        seconds[seconds.length - 1]);
    }

    /** By the nearest rank. */
    private static double percentile(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
