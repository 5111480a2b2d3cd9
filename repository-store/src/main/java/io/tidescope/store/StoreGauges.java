package io.tidescope.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.rocks.DiskUse;
import io.tidescope.store.rocks.Reading;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Gauges of what a node holds and how far it has come, read when somebody looks.
 *
 * <p>What the index holds is told by active partitions only, so that the sum over all nodes is the
 * index.
 */
final class StoreGauges {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final PartitionBoard board;
    private final MeterRegistry registry;

    private StoreGauges(PartitionBoard board, MeterRegistry registry) {
        this.board = board;
        this.registry = registry;
    }

    static void register(PartitionBoard board, MeterRegistry registry) {
        StoreGauges gauges = new StoreGauges(board, registry);
        gauges.size("documents", PartitionStatistics::documents);
        gauges.size("documents_with_problems", PartitionStatistics::documentsWithProblems);
        gauges.size("lines", PartitionStatistics::lines);
        gauges.size("source_bytes", PartitionStatistics::sourceBytes);
        gauges.size("tree_bytes", PartitionStatistics::treeBytes);
        gauges.size("definitions", PartitionStatistics::definitions);
        gauges.size("occurrences", PartitionStatistics::occurrences);
        gauges.disk("table_bytes", "Bytes on disk", DiskUse::tableBytes);
        gauges.disk("memtable_bytes", "Bytes written and not on disk", DiskUse::memtableBytes);
        gauges.disk(
                "pending_compaction_bytes",
                "About how many bytes RocksDB still has to rewrite",
                DiskUse::pendingCompactionBytes);
        for (State state : State.values()) {
            gauges.partitions(state);
        }
        gauges.progress();
    }

    private void size(String type, ToLongFunction<PartitionStatistics> part) {
        Gauge.builder("tide_scope_ast_repository_size", () -> sum(part))
                .description("What the node's active partitions hold, by type")
                .tag("type", type)
                .register(registry);
    }

    private long sum(ToLongFunction<PartitionStatistics> part) {
        ReadStatistics statistics = new ReadStatistics(Deadline.in(LIMIT));
        return board.partitions().stream()
                .filter(here -> here.state() == State.ACTIVE)
                .flatMap(here -> read(here, statistics).stream())
                .mapToLong(reading -> part.applyAsLong(reading.answer()))
                .sum();
    }

    /** One that is damaged is left out, and not the rest with it; the damage is told elsewhere. */
    private static Optional<Reading<PartitionStatistics>> read(
            HeldPartition here, ReadStatistics statistics) {
        try {
            return here.store().read(statistics);
        } catch (TideScopeException e) {
            return Optional.empty();
        }
    }

    private void disk(String what, String description, ToLongFunction<DiskUse> part) {
        Gauge.builder("tide_scope_ast_rocksdb_" + what, () -> part.applyAsLong(board.diskUse()))
                .description(description + ", of all partitions that the node holds")
                .register(registry);
    }

    private void partitions(State state) {
        Gauge.builder(
                        "tide_scope_ast_store_partitions",
                        () ->
                                board.partitions().stream()
                                        .filter(here -> here.state() == state)
                                        .count())
                .description("Partitions that the node holds, by state")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void progress() {
        Gauge.builder(
                        "tide_scope_ast_restore_remaining_records",
                        () ->
                                board.partitions().stream()
                                        .filter(here -> here.state() == State.RESTORING)
                                        .mapToLong(StoreGauges::remaining)
                                        .sum())
                .description("Records until all partitions that are being restored are")
                .register(registry);
        Gauge.builder("tide_scope_ast_store_lag_records", this::lag)
                .description("Records that the partition most behind has not applied yet")
                .register(registry);
    }

    /** Not a number when it is known of no partition. */
    private double lag() {
        Collection<HeldPartition> here = board.partitions();
        return here.stream().mapToLong(HeldPartition::lag).filter(lag -> lag >= 0).max().stream()
                .asDoubleStream()
                .findFirst()
                .orElse(here.isEmpty() ? 0 : Double.NaN);
    }

    /** None when the end is not known yet. */
    private static long remaining(HeldPartition here) {
        return Math.max(0, here.end() - 1 - here.position());
    }
}
