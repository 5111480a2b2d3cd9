package io.tidescope.parser.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.RestartLimit;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.schemas.trace.Tracing;

import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/**
 * A node that parses: it takes its share of the partitions of {@code file-changes}, exactly once.
 * The topics must be there. It is started once and closed once.
 */
public final class ParserNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ParserNode.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    /** Keeps a cause that does not pass from filling the log. */
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final String transactionalIdPrefix;
    private final KafkaConnection connection;
    private final ParseWorkers workers;
    private final DocumentsEnd documents;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics streamsMetrics;
    private final RestartLimit restarts = new RestartLimit("the parser", InstantSource.system());
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /** One that makes no spans. */
    public ParserNode(
            KafkaConnection connection,
            ParserSettings settings,
            SchemaRegistry registry,
            SourceParser parser,
            MeterRegistry meters) {
        this(connection, settings, registry, parser, meters, Tracing.OFF);
    }

    /**
     * @param tracing makes a span of each parse that is part of a trace
     */
    public ParserNode(
            KafkaConnection connection,
            ParserSettings settings,
            SchemaRegistry registry,
            SourceParser parser,
            MeterRegistry meters,
            Tracing tracing) {
        this.connection = connection;
        transactionalIdPrefix = connection.names().parserTransactions(settings.nodeId());
        workers = new ParseWorkers(parser, settings.parseDeadline(), this::giveUp);
        documents = new DocumentsEnd(connection);
        ParserMetrics metrics = new ParserMetrics(meters);
        metrics.watch(workers);
        streams =
                new KafkaStreams(
                        ParserTopology.build(
                                connection.names(),
                                EventSerdes.with(registry, connection.names()),
                                workers,
                                metrics,
                                documents,
                                tracing),
                        new StreamsConfig(StreamSettings.of(connection, settings)),
                        new StableTransactionalIds(transactionalIdPrefix));
        streams.setUncaughtExceptionHandler(this::failed);
        streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(meters);
    }

    /**
     * Starts; returns before partitions are assigned.
     *
     * @throws TideScopeException UNAVAILABLE when the broker does not answer
     */
    public void start() {
        LeftoverTransactions.abort(connection, transactionalIdPrefix);
        streams.start();
    }

    /** Whether every thread has its partitions and works. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /**
     * Fails with a {@link TideScopeException} when the node stopped by itself: no thread gets past
     * where it is, or only a new process can go on. Never completes otherwise.
     */
    public CompletionStage<Void> failure() {
        return failure.minimalCompletionStage();
    }

    /** Ends what is under way, commits it and leaves the group; waits up to 20 seconds. */
    @Override
    public void close() {
        streams.close(
                CloseOptions.timeout(CLOSE_TIMEOUT)
                        .withGroupMembershipOperation(
                                CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        streamsMetrics.close();
        workers.close();
        documents.close();
    }

    /** Runs on the thread that failed; its records come again on the one that replaces it. */
    private StreamThreadExceptionResponse failed(Throwable thrown) {
        Optional<TideScopeException> refusal = restarts.refusal(thrown);
        log.atError()
                .addKeyValue("gives_up", refusal.isPresent())
                .setCause(thrown)
                .log("A stream thread failed");
        if (refusal.isPresent()) {
            failure.completeExceptionally(refusal.get());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LockSupport.parkNanos(RESTART_PAUSE.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Called on a stream thread, which a close has to wait for. */
    private void giveUp() {
        TideScopeException reason =
                new TideScopeException(
                        ErrorCode.INTERNAL,
                        "%d files are still being parsed behind their deadline; the process must be restarted to get rid of them"
                                .formatted(ParseWorkers.MAX_ABANDONED));
        Thread.ofPlatform()
                .name("parser-node-close")
                .start(
                        () -> {
                            close();
                            failure.completeExceptionally(reason);
                        });
    }
}
