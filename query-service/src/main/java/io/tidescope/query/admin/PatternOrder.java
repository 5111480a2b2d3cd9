package io.tidescope.query.admin;

import java.util.Comparator;

/** What query patterns are listed by, largest first. */
enum PatternOrder {
    COUNT(Comparator.comparingLong(QueryPattern::count)),
    /** All that queries of a pattern took together. */
    TIME(Comparator.comparingDouble(QueryPattern::totalMillis)),
    P99(Comparator.comparingDouble(QueryPattern::p99Millis));

    private final Comparator<QueryPattern> ascending;

    PatternOrder(Comparator<QueryPattern> ascending) {
        this.ascending = ascending;
    }

    Comparator<QueryPattern> largestFirst() {
        return ascending.reversed();
    }
}
