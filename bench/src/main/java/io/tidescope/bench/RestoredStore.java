package io.tidescope.bench;

import com.sun.management.OperatingSystemMXBean;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.query.Gateway;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.store.PartitionStatus;
import io.tidescope.store.StoreNode;
import io.tidescope.store.StoreSettings;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.testing.Eventually;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** A store node that runs in this process, from its start. */
public final class RestoredStore implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final MeterRegistry meters;
    private final StoreNode node;
    private final int expected;
    private final long started = System.nanoTime();
    private final long processorAtStart = processorNanos();

    /**
     * @param expected documents that it will hold
     * @param meters closed with it
     */
    RestoredStore(
            KafkaConnection connection,
            StoreSettings settings,
            SchemaRegistry registry,
            int expected,
            MeterRegistry meters) {
        this.expected = expected;
        this.meters = meters;
        node = new StoreNode(connection, settings, registry, meters);
        node.start();
    }

    /**
     * What making it took.
     *
     * @param nanos from the start of the node
     * @param processorNanos of all threads of this process, collector and compilers among them
     */
    public record Cost(long nanos, long processorNanos) {}

    /** Waits until it holds everything and serves. */
    public Cost await() {
        Eventually.until(LIMIT, "serves everything", () -> documents() == expected);
        return soFar();
    }

    /** What it has taken up to now. */
    public Cost soFar() {
        return new Cost(System.nanoTime() - started, processorNanos() - processorAtStart);
    }

    /** Documents that it holds; -1 while partitions are not active. */
    long documents() {
        if (node.status().stream().anyMatch(each -> each.state() != PartitionStatus.State.ACTIVE)) {
            return -1;
        }
        Answers<PartitionStatistics> answers = gateway().statistics(Deadline.in(LIMIT));
        return answers.complete()
                ? answers.byPartition().values().stream()
                        .mapToLong(PartitionStatistics::documents)
                        .sum()
                : -1;
    }

    /** Asks it. */
    public StoreClient client() {
        return node.client();
    }

    Gateway gateway() {
        return new Gateway(node.client());
    }

    /** Bytes of trees that are kept for searches. */
    double treeBytes() {
        return meters.get("tide_scope_ast_store_trees_bytes").gauge().value();
    }

    /** Processor time that this process has used. */
    static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Writes to disk what is in memory, and leaves the others. */
    @Override
    public void close() {
        node.leave();
        meters.close();
    }
}
