package io.tidescope.schemas.repositories;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The {@code repositories} topic as a map: how far every ref has been published.
 *
 * <p>It is as new as the last {@link #catchUp}; only committed records count. Safe for concurrent
 * use; one caller reads from Kafka at a time.
 */
public final class RefStateTail implements AutoCloseable {
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);

    private final TopicPartition partition;
    private final AvroSerde<RefState> serde;
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<RefKey, RefState> states = new ConcurrentHashMap<>();

    public RefStateTail(KafkaConnection connection, AvroSerde<RefState> serde) {
        this.serde = serde;
        partition = new TopicPartition(connection.names().repositories(), 0);
        Map<String, Object> properties = connection.clientProperties();
        admin = Admin.create(properties);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", false);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /**
     * Reads everything that was written before the call.
     *
     * <p>The end is the high watermark and not the last stable offset: a transaction of another
     * repository's publisher that is still open hides the committed records behind it, and stopping
     * there would give a state from before them. So this waits for such transactions to end.
     *
     * @throws TideScopeException UNAVAILABLE when the end was not reached in time, CORRUPT when a
     *     record cannot be read, or what the registry answers that does not give its schema; the
     *     next call begins with that record
     */
    public synchronized void catchUp(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            long end = highWatermark(timeout);
            while (consumer.position(partition, remaining(deadline)) < end) {
                Duration remaining = remaining(deadline);
                if (remaining.isZero()) {
                    throw notReached(timeout, null);
                }
                Duration poll = remaining.compareTo(LONGEST_POLL) < 0 ? remaining : LONGEST_POLL;
                consumer.poll(poll).forEach(this::applyOrComeBack);
            }
        } catch (KafkaException e) {
            throw notReached(timeout, e);
        }
    }

    /** The states read so far; a live view that nobody can change. */
    public Map<RefKey, RefState> states() {
        return Collections.unmodifiableMap(states);
    }

    @Override
    public synchronized void close() {
        consumer.close();
        admin.close();
    }

    /** A record that cannot be read now, such as for want of its schema, is read again. */
    private void applyOrComeBack(ConsumerRecord<byte[], byte[]> record) {
        try {
            apply(record);
        } catch (TideScopeException e) {
            consumer.seek(partition, record.offset());
            throw e;
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        RefKey key = RefKey.read(record.key());
        if (record.value() == null) {
            states.remove(key);
        } else {
            states.put(key, serde.deserialize(ByteBuffer.wrap(record.value())));
        }
    }

    private long highWatermark(Duration timeout) {
        try {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)
                                    .timeoutMs(Math.toIntExact(timeout.toMillis())))
                    .partitionResult(partition)
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        } catch (ExecutionException | TimeoutException e) {
            throw notReached(timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReached(timeout, e);
        }
    }

    private static Duration remaining(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private TideScopeException notReached(Duration timeout, @Nullable Exception cause) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "the end of topic %s was not reached in %s; is the broker up, or does another publisher's transaction hang?"
                        .formatted(partition.topic(), timeout),
                cause);
    }
}
