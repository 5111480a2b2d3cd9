package io.tidescope.store.rocks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.NodeInspection.CacheUse;
import io.tidescope.store.query.NodeInspection.Freshness;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What the stores of a process count. */
public final class StoreMetrics {
    private static final double MILLIS = 1e3;

    /** Upper ends, in seconds, of what freshness is counted in. */
    private static final double[] SECONDS = {
        0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800
    };

    private final Counter applied;
    private final Counter skipped;
    private final Counter unreadable;
    private final Counter restored;
    private final Counter damaged;
    private final DistributionSummary freshness;
    private final RecentFreshness recent = new RecentFreshness();

    public StoreMetrics(MeterRegistry registry) {
        applied = counter(registry, "applied", "Records that changed a partition");
        skipped = counter(registry, "skipped", "Records that had been applied before");
        unreadable = counter(registry, "unreadable", "Records that nobody can read, left out");
        restored = counter(registry, "restored", "Records that partitions were restored from");
        damaged =
                Counter.builder("tide_scope_ast_errors")
                        .description("What went wrong, by type and severity")
                        .tags("error_type", "corrupt", "severity", "critical")
                        .register(registry);
        freshness =
                DistributionSummary.builder("tide_scope_ast_freshness")
                        .description(
                                "Seconds from when a publish began until a partition answers with"
                                        + " all of it")
                        .serviceLevelObjectives(SECONDS)
                        .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String what, String description) {
        return Counter.builder("tide_scope_ast_store_records_" + what)
                .description(description)
                .register(registry);
    }

    /** Gauges of the memory that stores take, for as long as both are open. */
    public static void watch(NativeMemory memory, TreeCache trees, MeterRegistry registry) {
        Gauge.builder(
                        "tide_scope_ast_repository_memory_usage",
                        () -> memory.usedBytes() + trees.usedBytes())
                .description("Bytes of blocks, write buffers and trees that the store keeps")
                .register(registry);
        Gauge.builder("tide_scope_ast_store_native_pinned_bytes", memory::pinnedBytes)
                .description("Bytes of them outside of the heap that cannot be given up now")
                .register(registry);
        Gauge.builder("tide_scope_ast_store_trees_bytes", trees::usedBytes)
                .description("Bytes of the heap that kept trees take")
                .register(registry);
        watch(trees, TreeCache::use, registry);
        watch(memory, NativeMemory::use, registry);
    }

    private static <T> void watch(T cache, Function<T, CacheUse> use, MeterRegistry registry) {
        Tags level = Tags.of("cache_level", use.apply(cache).name());
        FunctionCounter.builder("tide_scope_ast_cache_hits", cache, it -> use.apply(it).hits())
                .description("Answers, trees, sources and blocks that were kept, by level")
                .tags(level)
                .register(registry);
        FunctionCounter.builder("tide_scope_ast_cache_misses", cache, it -> use.apply(it).misses())
                .description("Answers, trees, sources and blocks that were not kept, by level")
                .tags(level)
                .register(registry);
    }

    void applied(int records) {
        applied.increment(records);
    }

    /** A record that had been applied before. */
    void skipped() {
        skipped.increment();
    }

    /** A record that nobody can read. */
    void unreadable() {
        unreadable.increment();
    }

    /** A partition whose files are not as they were written. */
    void damaged() {
        damaged.increment();
    }

    void restored(int records) {
        restored.increment(records);
    }

    /** From now on a partition answers with these revisions. */
    void reached(List<RevisionMarker> revisions, Instant now) {
        for (RevisionMarker revision : revisions) {
            Duration since = Duration.between(revision.getPublishedAtMillis(), now);
            // Clocks of two machines need not agree.
            double seconds = Math.max(0, since.toMillis() / MILLIS);
            freshness.record(seconds);
            recent.add(seconds, now);
        }
    }

    /** How long revisions took lately until they could be asked for; null when none came. */
    public @Nullable Freshness freshness(Instant now) {
        return recent.summary(now);
    }
}
