package io.tidescope.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.RestartLimit;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.rocks.DocumentStoreBuilder;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node that keeps partitions of the document store, as active or as standby, and answers for
 * them.
 *
 * <p>Started once and closed once, or made to leave. A node that is closed keeps its place among
 * the others until its session ends, so that one that is started again soon, as in a rolling
 * restart, finds its partitions as they were and nothing moves; its standbys answer meanwhile. A
 * node that {@linkplain #leave leaves}, because it is to be no more, gives its partitions away at
 * once. The topics must exist.
 */
public final class StoreNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StoreNode.class);

    private static final InstantSource CLOCK = InstantSource.system();

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /** How often the node looks whether it still is a member of the group. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    /** Between a thread's failure and the next one's start. */
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final KafkaConnection connection;
    private final StoreSettings settings;
    private final SchemaRegistry schemas;
    private final MeterRegistry meters;
    private final Tracing tracing;
    private final String incarnation = UUID.randomUUID().toString();
    private final PartitionBoard board = new PartitionBoard(System::nanoTime);
    private final RestartLimit restarts = new RestartLimit("the store", InstantSource.system());
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile @Nullable Running running;

    /** What a started node consists of. */
    private record Running(
            StoreResources resources,
            String cluster,
            int partitions,
            KafkaStreams streams,
            KafkaStreamsMetrics streamsMetrics,
            StoreClients clients,
            Scanners scanners,
            LocalNode node) {}

    /** One that makes no spans. */
    public StoreNode(
            KafkaConnection connection,
            StoreSettings settings,
            SchemaRegistry schemas,
            MeterRegistry meters) {
        this(connection, settings, schemas, meters, Tracing.OFF);
    }

    /**
     * @param tracing makes a span of each record that is part of a trace, where it is applied live
     */
    public StoreNode(
            KafkaConnection connection,
            StoreSettings settings,
            SchemaRegistry schemas,
            MeterRegistry meters,
            Tracing tracing) {
        this.connection = connection;
        this.settings = settings;
        this.schemas = schemas;
        this.meters = meters;
        this.tracing = tracing;
    }

    /**
     * Starts the node and returns at once; {@link #status} tells how far it has come.
     *
     * @throws TideScopeException UNAVAILABLE when the cluster does not answer or has no topic
     *     {@code documents}, UNSUPPORTED_VERSION when a newer version wrote the state directory,
     *     PRECONDITION_FAILED when another node uses it
     */
    public synchronized void start() {
        if (running != null) {
            throw new IllegalStateException("the store node was started before");
        }
        StoreResources resources = new StoreResources(connection, settings, schemas, meters, CLOCK);
        StoreClients clients = new StoreClients(board, settings.group().sessionTimeout());
        int partitions;
        String cluster;
        KafkaStreams streams;
        try {
            partitions = resources.topic().partitions();
            cluster = resources.topic().id();
            streams = streams(resources, clients);
        } catch (RuntimeException e) {
            resources.close();
            throw RestartLimit.known(e);
        }
        StoreGauges.register(board, meters);
        Scanners scanners = new Scanners(settings.queryThreads());
        Running started =
                new Running(
                        resources,
                        cluster,
                        partitions,
                        streams,
                        new KafkaStreamsMetrics(streams),
                        clients,
                        scanners,
                        new LocalNode(
                                board,
                                scanners,
                                this::nodeStatus,
                                () -> resources.inspection(settings.nodeId(), board)));
        started.streamsMetrics().bindTo(meters);
        try {
            streams.start();
        } catch (RuntimeException e) {
            close(started, GroupMembershipOperation.LEAVE_GROUP);
            throw RestartLimit.known(e);
        }
        running = started;
        Thread.ofPlatform().name("store-membership").daemon(true).start(() -> look(started));
    }

    private void look(Running node) {
        while (!node.streams().state().hasCompletedShutdown()) {
            node.clients().look();
            LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
        }
    }

    private KafkaStreams streams(StoreResources resources, StoreClients clients) {
        KafkaStreams streams = streams(resources.stores(board), clients);
        streams.setGlobalStateRestoreListener(board);
        // It runs once it has opened all that it was given; else it stops, and opens nothing more.
        streams.setStateListener(
                (now, before) -> {
                    if (now != KafkaStreams.State.REBALANCING) {
                        resources.started();
                    }
                });
        streams.setUncaughtExceptionHandler(this::failed);
        return streams;
    }

    private KafkaStreams streams(DocumentStoreBuilder stores, StoreClients clients) {
        try {
            return new KafkaStreams(
                    StoreTopology.of(stores, board, connection.names(), tracing),
                    StoreTopology.configuration(connection, settings),
                    clients);
        } catch (StreamsException | OverlappingFileLockException e) {
            // It has the directory's lock before anything else, and fails for nothing else.
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The store's state directory %s is in use by another node; end that one, or give this one a directory of its own."
                            .formatted(settings.stateDirectory()),
                    e);
        }
    }

    /** Asks this node's partitions, which are all there are when it is alone. */
    public StoreClient client() {
        Running node = requireRunning();
        return new LocalStoreClient(node.node(), node.partitions());
    }

    /** Asks this node as others do. */
    public NodeClient nodeClient() {
        return requireRunning().node();
    }

    /** Tells the cluster that the node is of from others; nodes of one ask each other only. */
    public String cluster() {
        return requireRunning().cluster();
    }

    private Running requireRunning() {
        Running node = running;
        if (node == null) {
            throw new IllegalStateException("the store node was not started");
        }
        return node;
    }

    private NodeStatus nodeStatus() {
        Running node = requireRunning();
        return new NodeStatus(
                settings.nodeId(), incarnation, node.partitions(), board.held(), peers(node));
    }

    private List<String> peers(Running node) {
        Set<String> peers = new TreeSet<>();
        if (settings.group().address() != null) {
            peers.add(settings.group().address().toString());
        }
        for (StreamsMetadata member : members(node)) {
            peers.add(new NodeAddress(member.host(), member.port()).toString());
        }
        return List.copyOf(peers);
    }

    /** Those that say where they are. */
    private static List<StreamsMetadata> members(Running node) {
        try {
            return node.streams().metadataForAllStreamsClients().stream()
                    .filter(member -> !member.hostInfo().equals(HostInfo.unavailable()))
                    .toList();
        } catch (IllegalStateException | StreamsNotStartedException e) {
            // It knows of nobody before it has joined them, and after it has left.
            return List.of();
        }
    }

    /** The partitions that the group wants this node to hold, whether or not it does yet. */
    Set<Integer> assigned() {
        Running node = requireRunning();
        NodeAddress own = settings.group().address();
        return members(node).stream()
                .filter(member -> new NodeAddress(member.host(), member.port()).equals(own))
                .flatMap(
                        member ->
                                Stream.concat(
                                        member.topicPartitions().stream(),
                                        member.standbyTopicPartitions().stream()))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
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
        return node == null ? List.of() : board.all(node.partitions(), assigned());
    }

    /**
     * Leaves nothing behind but the state directory, and the node's place among the others until
     * its session ends; a node that was not started is left alone.
     */
    @Override
    public synchronized void close() {
        Running node = running;
        if (node != null) {
            close(node, GroupMembershipOperation.REMAIN_IN_GROUP);
        }
    }

    /** Closes the node for good: others have its partitions at once. */
    public synchronized void leave() {
        Running node = running;
        if (node != null) {
            close(node, GroupMembershipOperation.LEAVE_GROUP);
        }
    }

    private static void close(Running node, GroupMembershipOperation membership) {
        node.resources().started();
        boolean closed =
                node.streams()
                        .close(
                                CloseOptions.timeout(CLOSE_TIMEOUT)
                                        .withGroupMembershipOperation(membership));
        node.streamsMetrics().close();
        node.scanners().close();
        if (closed) {
            node.resources().close();
        } else {
            // Its threads may still use the memory; the process ends anyway.
            node.resources().closeWithoutStores();
            log.atWarn()
                    .addKeyValue("timeout_millis", CLOSE_TIMEOUT.toMillis())
                    .log("store did not stop in time");
        }
    }

    /** Runs on the thread that failed. Another one takes its partitions up where they stand. */
    private StreamThreadExceptionResponse failed(Throwable thrown) {
        Optional<TideScopeException> refusal =
                RestartLimit.isFenced(thrown)
                        ? Optional.of(replaced(thrown))
                        : restarts.refusal(thrown);
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

    /** The one that joined last has the name; a restart would take it back, and so on for ever. */
    private TideScopeException replaced(Throwable thrown) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "Another node of the store was started as \"%s\" and has this one's place, so this one stops; every node needs an id of its own."
                        .formatted(settings.nodeId()),
                thrown);
    }
}
