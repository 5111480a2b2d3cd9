package io.tidescope.recovery.restore;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads all that is committed in a partition. For one thread. */
public final class TopicScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FETCH_BYTES = 8 << 20;
    private static final int FETCH_WAIT_MILLIS = 10;

    private final KafkaConsumer<byte[], byte[]> consumer;

    public TopicScan(KafkaConnection kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        // At the end of a partition a fetch waits so long, and what is asked next waits behind it.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * From the beginning to where it ends now.
     *
     * @return how many records there were
     * @throws TideScopeException UNAVAILABLE when the cluster gives nothing for a minute
     */
    public long read(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        return read(partition, 0, records);
    }

    /**
     * The same from an offset on, or from where the partition begins now.
     *
     * @throws TideScopeException UNAVAILABLE when the cluster gives nothing for a minute
     */
    public long read(
            TopicPartition partition, long from, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        return read(partition, from, records, () -> false);
    }

    /**
     * The same until it is enough.
     *
     * @param enough asked between some records and the next ones; what is behind is not read then
     * @throws TideScopeException UNAVAILABLE when the cluster gives nothing for a minute
     */
    public long read(
            TopicPartition partition,
            long from,
            Consumer<ConsumerRecord<byte[], byte[]>> records,
            BooleanSupplier enough) {
        consumer.assign(List.of(partition));
        long beginning =
                consumer.beginningOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(from, beginning));
        long end = consumer.endOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
        long count = 0;
        long position = consumer.position(partition);
        long last = System.nanoTime();
        while (position < end && !enough.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                records.accept(record);
                count++;
            }
            long next = consumer.position(partition);
            if (next > position) {
                position = next;
                last = System.nanoTime();
            } else if (System.nanoTime() - last > LIMIT.toNanos()) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "the Kafka cluster gave nothing of %s for %d seconds"
                                .formatted(partition, LIMIT.toSeconds()));
            }
        }
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
