package io.tidescope.store;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.rocks.RecordReader;
import io.tidescope.store.rocks.StoreRecord;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a partition of {@code documents} by itself, beside the group that follows it. */
final class TopicReader implements RecordReader {
    private static final Duration POLL = Duration.ofMillis(100);

    /** As when Streams restores: what comes of a poll is written at once. */
    private static final int POLLED_RECORDS = 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    private TopicReader(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
    }

    static TopicReader open(KafkaConnection connection, int number) {
        Map<String, Object> properties = new HashMap<>(connection.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where records are gone it must fail, and not go on behind them.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(connection.names().documents(), number);
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.position(partition);
            return new TopicReader(consumer, partition);
        } catch (KafkaException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "%s does not say where %s begins.".formatted(connection, partition),
                    e);
        }
    }

    @Override
    public List<StoreRecord> next() {
        return consumer.poll(POLL).records(partition).stream()
                .map(record -> new StoreRecord(record.offset(), record.key(), record.value()))
                .toList();
    }

    @Override
    public long position() {
        return consumer.position(partition);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
