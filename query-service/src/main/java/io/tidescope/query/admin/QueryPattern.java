package io.tidescope.query.admin;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Queries of one {@link QueryShape}, as they are written.
 *
 * @param count how many there were
 * @param p99Millis what 99 of 100 took at most, up to a tenth too much
 */
record QueryPattern(
        String endpoint,
        List<String> parameters,
        @Nullable String match,
        @Nullable String pattern,
        long count,
        double totalMillis,
        double meanMillis,
        double p99Millis) {}
