package io.tidescope.query.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The last queries that took long, some of each magnitude: so many rather slow ones do not push out
 * the few that were very slow. Not safe for concurrent use.
 */
final class SlowQueries {
    /** What took less is not kept. */
    static final int LEAST_MILLIS = 10;

    /** Queries of one magnitude. */
    static final int MOST_OF_MAGNITUDE = 256;

    /** Where magnitudes begin, after the first. */
    private static final int[] MAGNITUDES = {100, 1_000, 10_000};

    private final List<Ring<SlowQuery>> magnitudes = new ArrayList<>();

    SlowQueries() {
        for (int i = 0; i <= MAGNITUDES.length; i++) {
            magnitudes.add(new Ring<>(MOST_OF_MAGNITUDE));
        }
    }

    /**
     * A query has ended.
     *
     * @param query made only for those that are kept, which are few
     */
    void ended(double millis, Supplier<SlowQuery> query) {
        if (millis >= LEAST_MILLIS) {
            magnitudes.get(magnitude(millis)).add(query.get());
        }
    }

    /** Those that took so long at least, slowest first, of equals the newest. */
    List<SlowQuery> list(int thresholdMillis, int limit) {
        return magnitudes.stream()
                .flatMap(Ring::stream)
                .filter(query -> query.millis() >= thresholdMillis)
                .sorted(Comparator.comparingDouble(SlowQuery::millis).reversed())
                .limit(limit)
                .toList();
    }

    private static int magnitude(double millis) {
        int magnitude = 0;
        while (magnitude < MAGNITUDES.length && millis >= MAGNITUDES[magnitude]) {
            magnitude++;
        }
        return magnitude;
    }
}
