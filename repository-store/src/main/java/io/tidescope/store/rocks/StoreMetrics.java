package io.tidescope.store.rocks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the stores of a process count. */
public final class StoreMetrics {
    private final Counter applied;
    private final Counter skipped;
    private final Counter unreadable;
    private final Counter restored;

    public StoreMetrics(MeterRegistry registry) {
        applied = registry.counter("tidescope.store.records.applied");
        skipped = registry.counter("tidescope.store.records.skipped");
        unreadable = registry.counter("tidescope.store.records.unreadable");
        restored = registry.counter("tidescope.store.records.restored");
    }

    /** Gauges of what is used outside of the heap, for as long as it is open. */
    public static void watch(NativeMemory memory, MeterRegistry registry) {
        registry.gauge("tidescope.store.native.used.bytes", memory, NativeMemory::usedBytes);
        registry.gauge("tidescope.store.native.pinned.bytes", memory, NativeMemory::pinnedBytes);
    }

    /** Gauges of the trees kept for searches, for as long as they are. */
    public static void watch(TreeCache trees, MeterRegistry registry) {
        registry.gauge("tidescope.store.trees.used.bytes", trees, TreeCache::usedBytes);
        FunctionCounter.builder("tidescope.store.trees.hits", trees, TreeCache::hits)
                .register(registry);
        FunctionCounter.builder("tidescope.store.trees.misses", trees, TreeCache::misses)
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

    void restored(int records) {
        restored.increment(records);
    }
}
