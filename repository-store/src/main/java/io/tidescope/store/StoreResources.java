package io.tidescope.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.rocks.Appliers;
import io.tidescope.store.rocks.DocumentStoreBuilder;
import io.tidescope.store.rocks.KeptOpen;
import io.tidescope.store.rocks.NativeMemory;
import io.tidescope.store.rocks.StoreMetrics;
import io.tidescope.store.rocks.TreeCache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the stores of a node share: made before them, and closed after them. */
final class StoreResources {
    /** Between two writes to disk of what was applied; the topic has the rest. */
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(10);

    private final KafkaConnection connection;
    private final InstantSource clock;
    private final AvroSerde<DocumentRecord> serde;
    private final DocumentsTopic topic;
    private final NativeMemory memory;
    private final TreeCache trees;
    private final StoreMetrics metrics;
    private final KeptOpen kept;
    private final ExecutorService appliers;
    private final ExecutorService housekeeping = housekeeping();

    StoreResources(
            KafkaConnection connection,
            StoreSettings settings,
            SchemaRegistry schemas,
            MeterRegistry meters,
            InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
        serde = AvroSerde.forValue(connection.names().documents(), DocumentRecord.class, schemas);
        topic = new DocumentsTopic(connection);
        memory = new NativeMemory(settings.nativeMemoryBytes());
        trees = new TreeCache(settings.treeCacheBytes());
        metrics = new StoreMetrics(meters);
        kept = new KeptOpen(clock);
        appliers = appliers(settings.threads());
        StoreMetrics.watch(memory, trees, meters);
    }

    private static ExecutorService appliers(int count) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("store-apply-", 0).daemon(true).factory());
        // Where there are too few to be had it must not turn out with work in hand.
        threads.prestartAllCoreThreads();
        return threads;
    }

    /** One thread: what is done to a store beside its work leaves the others what they need. */
    private static ExecutorService housekeeping() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform()
                        .name("store-housekeeping")
                        .daemon(true)
                        .priority(Thread.MIN_PRIORITY)
                        .factory());
    }

    DocumentsTopic topic() {
        return topic;
    }

    /** The node's start is over, and what was kept open for it is closed. */
    void started() {
        kept.end();
    }

    /** Makes the stores. */
    DocumentStoreBuilder stores(PartitionBoard board) {
        return new DocumentStoreBuilder(
                StoreTopology.STORE,
                memory,
                new Appliers(appliers),
                trees,
                serde,
                metrics,
                board,
                FLUSH_INTERVAL,
                topic,
                partition -> TopicReader.open(connection, partition),
                housekeeping,
                kept,
                clock);
    }

    /** How the node does inside. */
    NodeInspection inspection(String nodeId, PartitionBoard board) {
        return new NodeInspection(
                nodeId,
                metrics.freshness(clock.instant()),
                List.of(trees.use(), memory.use()),
                board.diskUse().memtableBytes(),
                memory.maxWriteBufferBytes(),
                board.progress());
    }

    /** Closes all of it; no store may be open. */
    void close() {
        closeWithoutStores();
        appliers.close();
        memory.close();
    }

    /** Closes what is of no use to stores that did not stop, and leaves them the rest. */
    void closeWithoutStores() {
        topic.close();
        housekeeping.shutdown();
    }
}
