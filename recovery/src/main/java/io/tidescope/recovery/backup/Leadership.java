package io.tidescope.recovery.backup;

import io.tidescope.schemas.KafkaConnection;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether this is the one of several archivers that is at work: the member of their consumer group
 * that has the only partition of {@code repositories}, of which it reads nothing.
 *
 * <p>Two may think so for a moment. What they write then is in nobody's way, see {@link
 * io.tidescope.recovery.archive.Archive}. For one thread, but for {@link #isHeld}.
 */
final class Leadership implements AutoCloseable {
    private static final int SESSION_MILLIS = 10_000;

    /** Longer than a full backup takes; a process that hangs is noticed by its backups' age. */
    private static final int POLL_MILLIS = (int) Duration.ofDays(2).toMillis();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AtomicBoolean held = new AtomicBoolean();

    Leadership(KafkaConnection kafka) {
        var properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.names().archiver());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_MILLIS);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(kafka.names().repositories()), new Holding());
    }

    private final class Holding implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            held.set(!consumer.assignment().isEmpty());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            held.set(false);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            held.set(false);
        }
    }

    /** Takes part for a while; the group goes on by itself between two calls. */
    void take(Duration time) {
        consumer.poll(time);
    }

    boolean isHeld() {
        return held.get();
    }

    @Override
    public void close() {
        held.set(false);
        consumer.close();
    }
}
