package io.tidescope.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.RestartLimit;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.rocks.DocumentStoreBuilder;
import io.tidescope.store.rocks.NativeMemory;
import io.tidescope.store.rocks.StoreMetrics;
import io.tidescope.store.rocks.TreeCache;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/**
 * A node that keeps partitions of the document store and answers for them.
 *
 * <p>Started once and closed once. The topics must exist.
 */
public final class StoreNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StoreNode.class);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /** Between a thread's failure and the next one's start. */
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final KafkaConnection connection;
    private final StoreSettings settings;
    private final SchemaRegistry schemas;
    private final MeterRegistry meters;
    private final PartitionBoard board = new PartitionBoard();
    private final RestartLimit restarts = new RestartLimit("the store", InstantSource.system());
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile @Nullable Running running;

    /** What a started node consists of. */
    private record Running(
            DocumentsTopic topic,
            NativeMemory memory,
            KafkaStreams streams,
            KafkaStreamsMetrics streamsMetrics,
            Scanners scanners,
            LocalStoreClient client) {}

    public StoreNode(
            KafkaConnection connection,
            StoreSettings settings,
            SchemaRegistry schemas,
            MeterRegistry meters) {
        this.connection = connection;
        this.settings = settings;
        this.schemas = schemas;
        this.meters = meters;
    }

    /**
     * Starts the node and returns at once; {@link #status} tells how far it has come.
     *
     * @throws TideScopeException UNAVAILABLE when the cluster does not answer or has no topic
     *     {@code documents}, UNSUPPORTED_VERSION when a newer version wrote the state directory
     */
    public synchronized void start() {
        if (running != null) {
            throw new IllegalStateException("the store node was started before");
        }
        DocumentsTopic topic = new DocumentsTopic(connection);
        NativeMemory memory = new NativeMemory(settings.nativeMemoryBytes());
        int partitions;
        KafkaStreams streams;
        try {
            partitions = topic.partitions();
            streams = streams(topic, memory);
        } catch (RuntimeException e) {
            memory.close();
            topic.close();
            throw RestartLimit.known(e);
        }
        StoreMetrics.watch(memory, meters);
        Scanners scanners = new Scanners(settings.queryThreads());
        Running started =
                new Running(
                        topic,
                        memory,
                        streams,
                        new KafkaStreamsMetrics(streams),
                        scanners,
                        new LocalStoreClient(streams, board, partitions, scanners));
        started.streamsMetrics().bindTo(meters);
        try {
            streams.start();
        } catch (RuntimeException e) {
            close(started);
            throw RestartLimit.known(e);
        }
        running = started;
    }

    private KafkaStreams streams(DocumentsTopic topic, NativeMemory memory) {
        TreeCache trees = new TreeCache(settings.treeCacheBytes());
        StoreMetrics.watch(trees, meters);
        DocumentStoreBuilder stores =
                new DocumentStoreBuilder(
                        StoreTopology.STORE,
                        memory,
                        trees,
                        AvroSerde.forValue(
                                connection.names().documents(), DocumentRecord.class, schemas),
                        new StoreMetrics(meters),
                        board,
                        topic,
                        InstantSource.system());
        KafkaStreams streams =
                new KafkaStreams(
                        StoreTopology.of(stores, connection.names()),
                        StoreTopology.configuration(connection, settings));
        streams.setGlobalStateRestoreListener(board);
        streams.setUncaughtExceptionHandler(this::failed);
        return streams;
    }

    /** Asks this node's partitions. */
    public StoreClient client() {
        Running node = running;
        if (node == null) {
            throw new IllegalStateException("the store node was not started");
        }
        return node.client();
    }

    public StoreHealth health() {
        Running node = running;
        return node == null
                ? StoreHealth.STARTING
                : switch (node.streams().state()) {
                    case CREATED, REBALANCING -> StoreHealth.STARTING;
                    case RUNNING -> StoreHealth.RUNNING;
                    case PENDING_ERROR, ERROR -> StoreHealth.FAILED;
                    case PENDING_SHUTDOWN, NOT_RUNNING -> StoreHealth.STOPPED;
                };
    }

    /**
     * Fails with a {@link TideScopeException} when the node stopped by itself because no thread
     * gets past where it is; never completes otherwise.
     */
    public CompletionStage<Void> failure() {
        return failure.minimalCompletionStage();
    }

    /** How far each partition of the topic has come on this node; empty before the start. */
    public List<PartitionStatus> status() {
        Running node = running;
        return node == null ? List.of() : board.all(node.client().partitions());
    }

    /** Leaves nothing behind but the state directory; a node that was not started is left alone. */
    @Override
    public synchronized void close() {
        Running node = running;
        if (node != null) {
            close(node);
        }
    }

    private static void close(Running node) {
        boolean closed = node.streams().close(CLOSE_TIMEOUT);
        node.streamsMetrics().close();
        node.scanners().close();
        node.topic().close();
        if (closed) {
            node.memory().close();
        } else {
            // Its threads may still use the memory; the process ends anyway.
            log.atWarn()
                    .addKeyValue("timeout_millis", CLOSE_TIMEOUT.toMillis())
                    .log("store did not stop in time");
        }
    }

    /** Runs on the thread that failed. Another one takes its partitions up where they stand. */
    private StreamThreadExceptionResponse failed(Throwable thrown) {
        Optional<TideScopeException> refusal = restarts.refusal(thrown);
        log.atError()
                .addKeyValue("gives_up", refusal.isPresent())
                .setCause(thrown)
                .log("store thread failed");
        if (refusal.isPresent()) {
            failure.completeExceptionally(refusal.get());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LockSupport.parkNanos(RESTART_PAUSE.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
