package io.tidescope.app.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tidescope.app.lag.ConsumerLag;
import io.tidescope.app.role.StoreReadiness;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.query.admin.LagSource;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.StoreNode;
import io.tidescope.store.StoreSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The parser and the store of one index in this process, with what watches them.
 *
 * <p>Their metrics have no names of their own for each index: they are those of the index that
 * answers, from when it is {@linkplain #showIn shown} until it is closed.
 */
final class IndexNodes implements AutoCloseable {
    private final KafkaConnection kafka;
    private final Topics topics;
    private final String nodeId;
    private final SchemaRegistry schemas;
    private final Tracing tracing;
    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final StoreNode store;
    private final ConsumerLag lag;
    private volatile @Nullable ParserNode parser;

    /**
     * What indices of one process share.
     *
     * @param kafka the deployment, whatever its index
     */
    record Common(
            KafkaConnection kafka,
            Topics topics,
            String nodeId,
            SchemaRegistry schemas,
            Tracing tracing) {}

    private IndexNodes(Common common, String index, Path directory) {
        kafka = common.kafka().withIndex(index);
        topics = common.topics().withIndex(index);
        nodeId = common.nodeId();
        schemas = common.schemas();
        tracing = common.tracing();
        store = new StoreNode(kafka, StoreSettings.of(directory, nodeId), schemas, meters, tracing);
        lag = ConsumerLag.watch(kafka, topics, meters);
        store.failure().whenComplete((nothing, thrown) -> failed(thrown));
    }

    /**
     * Starts both.
     *
     * @param directory where the store is kept
     */
    static IndexNodes start(Common common, String index, Path directory) {
        IndexNodes nodes = new IndexNodes(common, index, directory);
        try {
            nodes.store.start();
            nodes.parse();
            return nodes;
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    private void failed(Throwable thrown) {
        failure.completeExceptionally(thrown);
    }

    /** Parses again after {@link #stopParsing}. */
    void parse() {
        ParserNode next =
                new ParserNode(
                        kafka,
                        ParserSettings.forNode(nodeId),
                        schemas,
                        new JavaSourceParser()::parse,
                        meters,
                        tracing);
        parser = next;
        next.failure().whenComplete((nothing, thrown) -> failed(thrown));
        try {
            next.start();
        } catch (RuntimeException e) {
            // An index that is asked and gets nothing new must not go unnoticed.
            failed(e);
            throw e;
        }
    }

    /** Ends and commits what is being parsed, and parses no more; the store answers on. */
    void stopParsing() {
        ParserNode running = parser;
        parser = null;
        if (running != null) {
            running.close();
        }
    }

    /** Has the metrics of this index among those of the process. */
    void showIn(MeterRegistry process) {
        meters.add(process);
    }

    KafkaConnection kafka() {
        return kafka;
    }

    Topics topics() {
        return topics;
    }

    StoreNode store() {
        return store;
    }

    LagSource lag() {
        return lag;
    }

    /** Fails when one of both has stopped by itself; never completes otherwise. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /** Why it cannot be used yet, in one line each; none when it can. */
    List<String> lacking() {
        List<String> reasons = new ArrayList<>(StoreReadiness.reasons(store));
        ParserNode running = parser;
        if (running != null && !running.isRunning()) {
            reasons.add("files to parse are being assigned");
        }
        return reasons;
    }

    /** Ends both; the store keeps its place, as one that is started again soon. */
    @Override
    public void close() {
        end();
        store.close();
    }

    /** Ends both for good. */
    void leave() {
        end();
        store.leave();
    }

    private void end() {
        stopParsing();
        lag.close();
        // Takes them out of where they were shown, for those of another index have the same names.
        meters.clear();
    }
}
