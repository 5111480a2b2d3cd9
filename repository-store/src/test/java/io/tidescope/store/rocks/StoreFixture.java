package io.tidescope.store.rocks;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Task;
import io.tidescope.store.query.NodeInspection.Freshness;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.testing.ScratchDirectory;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** A store in a directory of its own, without Kafka: what the topic and the time are is said. */
final class StoreFixture implements AutoCloseable {
    static final TopicPartition PARTITION = new TopicPartition("documents", 0);

    private boolean current;
    private final StoreObserver around =
            new StoreObserver() {
                @Override
                public void opened(int partition, ReadableStore store, long position) {}

                @Override
                public void applied(int partition, long offset) {}

                @Override
                public boolean isCurrent(int partition) {
                    return current;
                }

                @Override
                public void closed(int partition) {}
            };

    private final ScratchDirectory scratch = ScratchDirectory.create("tidescope-store");
    private final NativeMemory memory = new NativeMemory(32 << 20);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoreMetrics metrics = new StoreMetrics(meters);
    private final KeptOpen kept = new KeptOpen(this::now);
    private final DocumentStore store;
    private volatile RecordReader.Source reader = partition -> new ReplayedTopic(List.of());
    private volatile Executor housekeeper = Runnable::run;
    private int looks;
    private TopicExtent topic =
            new TopicExtent(Uuid.randomUuid(), 0, Long.MAX_VALUE, Duration.ofDays(7));
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");

    StoreFixture(AvroSerde<DocumentRecord> serde) {
        this(serde, Runnable::run);
    }

    /**
     * @param appliers apply what the store is given
     */
    StoreFixture(AvroSerde<DocumentRecord> serde, Executor appliers) {
        this(serde, appliers, false);
    }

    /** A store of a node that has not come to the end of its start. */
    static StoreFixture starting(AvroSerde<DocumentRecord> serde) {
        return new StoreFixture(serde, Runnable::run, true);
    }

    private StoreFixture(AvroSerde<DocumentRecord> serde, Executor appliers, boolean starting) {
        if (!starting) {
            kept.end();
        }
        store =
                new DocumentStoreBuilder(
                                "documents",
                                memory,
                                new Appliers(appliers),
                                new TreeCache(8 << 20),
                                serde,
                                metrics,
                                around,
                                Duration.ZERO,
                                partition -> look(),
                                partition -> reader.open(partition),
                                work -> housekeeper.execute(work),
                                kept,
                                this::now)
                        .build();
        store.open(0, directory());
    }

    Instant now() {
        return now;
    }

    private TopicExtent look() {
        looks++;
        return topic;
    }

    /** How often the cluster was asked about the topic. */
    int looks() {
        return looks;
    }

    /** The start is over. */
    void started() {
        kept.end();
    }

    Path directory() {
        return scratch.path().resolve("documents");
    }

    DocumentStore store() {
        return store;
    }

    void apply(StoreRecord... records) {
        store.apply(List.of(records));
    }

    void commit() {
        store.commit(Map.of(PARTITION, position()));
    }

    /** Closes and opens again, as a crash does: what was not committed may be lost. */
    void reopen() {
        store.close();
        store.open(0, directory());
    }

    /** What the topic is when the store is opened next. */
    void topic(UnaryOperator<TopicExtent> change) {
        topic = change.apply(topic);
    }

    /** What is read from the topic by whoever begins at its beginning. */
    void topicHas(List<StoreRecord> records) {
        topicIs(partition -> new ReplayedTopic(records));
    }

    void topicIs(RecordReader.Source source) {
        reader = source;
    }

    /** What maintains the store; else whoever asks for it. */
    void housekeeper(Executor thread) {
        housekeeper = thread;
    }

    /** Begins what is done to the store, or with null asks how it goes. */
    Maintenance maintain(@Nullable Task begin) {
        return ask(new MaintainPartition(begin, soon()));
    }

    /** Has it hold all that the topic has, and know it. */
    void catchUp() {
        current = true;
    }

    /** Lets time pass. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Offset of the last record applied; -1 before the first. */
    long position() {
        Long offset = store.committedOffset(PARTITION);
        return offset == null ? -1 : offset;
    }

    /** How often it was found damaged. */
    double damages() {
        return meters.get("tide_scope_ast_errors")
                .tags("error_type", "corrupt", "severity", "critical")
                .counter()
                .count();
    }

    /** Seconds from a publish to the answer. */
    DistributionSummary freshness() {
        return meters.get("tide_scope_ast_freshness").summary();
    }

    /** What is told of it for the last hour; null for nothing. */
    @Nullable Freshness recentFreshness() {
        return metrics.freshness(now);
    }

    NativeMemory memory() {
        return memory;
    }

    double count(String meter) {
        return meters.counter(meter).count();
    }

    <R> R ask(StoreQuery<R> query) {
        return store.query(query, PositionBound.unbounded(), new QueryConfig(false)).getResult();
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        store.close();
        kept.end();
        memory.close();
        scratch.close();
    }
}
