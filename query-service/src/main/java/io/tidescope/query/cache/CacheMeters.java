package io.tidescope.query.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what one level of the cache was good for. Safe for concurrent use. */
final class CacheMeters {
    private final Counter hits;
    private final Counter misses;

    CacheMeters(MeterRegistry registry, String level) {
        hits =
                Counter.builder("tide_scope_ast_cache_hits")
                        .description("Answers, trees and sources that were kept, by level")
                        .tag("cache_level", level)
                        .register(registry);
        misses =
                Counter.builder("tide_scope_ast_cache_misses")
                        .description("Answers, trees and sources that were not kept, by level")
                        .tag("cache_level", level)
                        .register(registry);
    }

    long hits() {
        return (long) hits.count();
    }

    long misses() {
        return (long) misses.count();
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }
}
