package io.tidescope.store;

import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.FollowedConsumer.Follower;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Kafka clients of a store node: its consumers tell the {@link PartitionBoard} how far they
 * are, and those that are members of the group have a {@link Lease}. Safe for concurrent use.
 */
final class StoreClients implements KafkaClientSupplier {
    private static final String GROUP_METRICS = "consumer-coordinator-metrics";

    /** What the coordinator responds to. */
    private static final Set<String> RESPONSES =
            Set.of("heartbeat-total", "join-total", "sync-total");

    private final PartitionBoard board;
    private final Duration sessionTimeout;
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();

    StoreClients(PartitionBoard board, Duration sessionTimeout) {
        this.board = board;
        this.sessionTimeout = sessionTimeout;
    }

    /** Has all leases look; to be called several times within a heartbeat interval. */
    void look() {
        leases.forEach(Lease::look);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        FollowedConsumer consumer = new FollowedConsumer(config, true);
        List<? extends Metric> responses =
                consumer.metrics().entrySet().stream()
                        .filter(entry -> isResponses(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
        Lease lease =
                new Lease(
                        () -> responses.stream().mapToDouble(StoreClients::value).sum(),
                        sessionTimeout,
                        System::nanoTime);
        leases.add(lease);
        return consumer.followedBy(new Member(lease));
    }

    private static boolean isResponses(MetricName name) {
        return name.group().equals(GROUP_METRICS) && RESPONSES.contains(name.name());
    }

    private static double value(Metric metric) {
        return ((Number) metric.metricValue()).doubleValue();
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new FollowedConsumer(config, false).followedBy(board::restorePolled);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer in the group. */
    private final class Member implements Follower {
        private final Lease lease;

        Member(Lease lease) {
            this.lease = lease;
        }

        @Override
        public void polled(int partition, Fetched fetched) {
            board.polled(partition, fetched, lease);
        }

        @Override
        public void closed() {
            leases.remove(lease);
        }
    }
}
