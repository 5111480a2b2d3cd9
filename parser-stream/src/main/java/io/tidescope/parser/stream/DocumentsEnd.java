package io.tidescope.parser.stream;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads off the last records of {@code documents} how much of {@code file-changes} they are from.
 * Safe for concurrent use.
 *
 * <p>A parser asks when a partition was assigned and its committed offset is known, for then no
 * transaction of another node is open there any more.
 */
public final class DocumentsEnd implements Forwarded, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Behind the last record are the marks of a few transactions. */
    private static final int FIRST_LOOK = 8;

    private static final int WIDER = 8;

    private final KafkaConnection connection;
    private final Namespace names;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Uuid topic;

    /** Of the index that the connection names. */
    public DocumentsEnd(KafkaConnection connection) {
        this.connection = connection;
        names = connection.names();
    }

    @Override
    public synchronized Uuid topic() {
        Uuid known = topic;
        if (known == null) {
            known = describe();
            topic = known;
        }
        return known;
    }

    private Uuid describe() {
        try (Admin admin = Admin.create(connection.clientProperties())) {
            return admin.describeTopics(List.of(names.fileChanges()))
                    .allTopicNames()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next()
                    .topicId();
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /**
     * The last record of a partition of {@code documents}.
     *
     * @param offset its offset; -1 when there is none
     * @param change offset of the change in the same partition of {@code file-changes} that it is
     *     from; -1 when there is no record, or it does not tell, or of another log
     */
    public record Last(long offset, long change) {
        private static final Last NONE = new Last(-1, -1);
    }

    @Override
    public long last(int partition) {
        return lastRecord(partition).change();
    }

    /**
     * The last committed record of a partition.
     *
     * @throws TideScopeException UNAVAILABLE when the broker does not tell in 30 seconds
     */
    public synchronized Last lastRecord(int partition) {
        try {
            return find(new TopicPartition(names.documents(), partition))
                    .map(record -> new Last(record.offset(), change(record)))
                    .orElse(Last.NONE);
        } catch (KafkaException e) {
            close();
            throw unavailable(e);
        }
    }

    private long change(ConsumerRecord<byte[], byte[]> record) {
        return Provenance.of(record.headers())
                .filter(from -> from.topic().equals(topic()))
                .map(Provenance::offset)
                .orElse(-1L);
    }

    /** The last record that is committed. */
    private Optional<ConsumerRecord<byte[], byte[]>> find(TopicPartition partition) {
        KafkaConsumer<byte[], byte[]> reader = reader();
        reader.assign(List.of(partition));
        long begin = only(reader.beginningOffsets(List.of(partition), LIMIT));
        long end = only(reader.endOffsets(List.of(partition), LIMIT));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        ConsumerRecord<byte[], byte[]> last = null;
        for (long back = FIRST_LOOK; last == null; back *= WIDER) {
            long from = Math.max(begin, end - back);
            reader.seek(partition, from);
            while (reader.position(partition, LIMIT) < end) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    last = record;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw unavailable(new TimeoutException("the end of " + partition));
                }
            }
            if (from == begin) {
                break;
            }
        }
        return Optional.ofNullable(last);
    }

    private static long only(Map<TopicPartition, Long> offsets) {
        return offsets.values().iterator().next();
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        KafkaConsumer<byte[], byte[]> reader = consumer;
        if (reader == null) {
            Map<String, Object> properties = connection.clientProperties();
            properties.put("isolation.level", "read_committed");
            reader =
                    new KafkaConsumer<>(
                            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer = reader;
        }
        return reader;
    }

    private TideScopeException unavailable(Exception cause) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "the broker did not tell how %s ends: %s"
                        .formatted(names.documents(), cause.getMessage()),
                cause);
    }

    @Override
    public synchronized void close() {
        KafkaConsumer<byte[], byte[]> reader = consumer;
        consumer = null;
        if (reader != null) {
            reader.close();
        }
    }
}
