package io.tidescope.app.fault;

import io.tidescope.schemas.Topics;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A time in which the {@code documents} topic keeps its history for seconds only. */
final class Compaction {
    private static final Duration HISTORY = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(300);

    private final FaultCluster cluster;
    private final String documents;

    Compaction(FaultCluster cluster) {
        this.cluster = cluster;
        documents = cluster.connection().names().documents();
    }

    /**
     * Shortens the history, and puts it back at the end.
     *
     * @param action gets what waits until deletions that were written since are compacted away
     */
    void during(Consumer<Runnable> action) {
        try {
            cluster.configure(HISTORY);
            keep(HISTORY, Duration.ofSeconds(1), "0.001");
            action.accept(this::awaitDeletionsGone);
        } finally {
            cluster.configure(Topics.DEFAULT_HISTORY);
            keep(Topics.DEFAULT_HISTORY, Duration.ofDays(7), "0.5");
        }
    }

    private void keep(Duration history, Duration segment, String dirty) {
        String millis = Long.toString(history.toMillis());
        Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes =
                Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, documents),
                        List.of(
                                set("min.compaction.lag.ms", millis),
                                set("delete.retention.ms", millis),
                                set("segment.ms", Long.toString(segment.toMillis())),
                                set("min.cleanable.dirty.ratio", dirty)));
        try (Admin admin = Admin.create(cluster.connection().clientProperties())) {
            Eventually.until(
                    LIMIT,
                    "the settings of " + documents + " are changed",
                    () -> {
                        try {
                            admin.incrementalAlterConfigs(changes).all().get(5, TimeUnit.SECONDS);
                            return true;
                        } catch (ExecutionException | TimeoutException e) {
                            return false;
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            return true;
                        }
                    });
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** Until one was written that the reader before did not see, and it is gone. */
    private void awaitDeletionsGone() {
        Map<TopicPartition, Long> begun = ends();
        Eventually.until(LIMIT, "something is deleted", () -> deletions(begun, ends()).count() > 0);
        Deletions written = deletions(begun, ends());
        Eventually.until(
                LIMIT,
                "deletions are compacted away",
                () -> deletions(begun, written.upTo()).count() == 0);
    }

    /** How many deletions there are up to some offsets. */
    private record Deletions(long count, Map<TopicPartition, Long> upTo) {}

    private Deletions deletions(Map<TopicPartition, Long> from, Map<TopicPartition, Long> upTo) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            long count = 0;
            while (upTo.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(POLL)) {
                    TopicPartition at = new TopicPartition(record.topic(), record.partition());
                    if (record.value() == null && record.offset() < upTo.getOrDefault(at, 0L)) {
                        count++;
                    }
                }
            }
            return new Deletions(count, upTo);
        }
    }

    private Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(
                    IntStream.range(0, FaultCluster.PARTITIONS)
                            .mapToObj(number -> new TopicPartition(documents, number))
                            .toList());
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = cluster.connection().clientProperties();
        properties.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
