package io.tidescope.app.fault;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What was deleted, as the {@code documents} topic tells it until it is compacted.
 *
 * @param kafka where the topic is
 */
record Deletions(KafkaConnection kafka) {
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final Duration POLL = Duration.ofMillis(300);

    /** Waits until something is deleted from now on, and the topic no longer tells. */
    void awaitForgotten() {
        Map<TopicPartition, Long> begun = ends();
        Eventually.until(LIMIT, "something is deleted", () -> count(begun, ends()) > 0);
        Map<TopicPartition, Long> told = ends();
        Eventually.until(
                LIMIT, "what was deleted is compacted away", () -> count(begun, told) == 0);
    }

    private long count(Map<TopicPartition, Long> from, Map<TopicPartition, Long> upTo) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            long count = 0;
            while (upTo.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition at = new TopicPartition(record.topic(), record.partition());
                    if (record.value() == null && record.offset() < upTo.getOrDefault(at, 0L)) {
                        count++;
                    }
                }
            }
            return count;
        }
    }

    private Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(
                    IntStream.range(0, FaultCluster.PARTITIONS)
                            .mapToObj(
                                    number -> new TopicPartition(kafka.names().documents(), number))
                            .toList());
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
