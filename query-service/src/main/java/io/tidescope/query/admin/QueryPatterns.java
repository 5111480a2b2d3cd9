package io.tidescope.query.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often queries of each shape were asked and how long they took. Of many shapes those are kept
 * that were asked last; one that comes again after it was dropped counts from then on. Not safe for
 * concurrent use.
 */
final class QueryPatterns {
    static final int MOST = 512;

    private static final double P99 = 0.99;

    private final Map<QueryShape, Latencies> shapes =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<QueryShape, Latencies> eldest) {
                    return size() > MOST;
                }
            };

    void ended(QueryShape shape, double millis) {
        shapes.computeIfAbsent(shape, unused -> new Latencies()).add(millis);
    }

    List<QueryPattern> list(PatternOrder order, int limit) {
        return shapes.entrySet().stream()
                .map(entry -> pattern(entry.getKey(), entry.getValue()))
                .sorted(order.largestFirst())
                .limit(limit)
                .toList();
    }

    private static QueryPattern pattern(QueryShape shape, Latencies latencies) {
        return new QueryPattern(
                shape.endpoint(),
                shape.parameters(),
                shape.match(),
                shape.pattern(),
                latencies.count(),
                latencies.totalMillis(),
                latencies.meanMillis(),
                latencies.quantileMillis(P99));
    }
}
