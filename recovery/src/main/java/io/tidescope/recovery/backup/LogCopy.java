package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.Effort;
import io.tidescope.recovery.archive.Segment;
import io.tidescope.recovery.archive.SegmentRef;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Copies partitions of a cluster into segments, from where each begins on; committed records alone.
 * For one thread.
 */
final class LogCopy implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FETCH_BYTES = 8 << 20;
    private static final int FETCH_WAIT_MILLIS = 10;

    /** Of all segments that are not yet written together. */
    private static final long HELD = 128L << 20;

    private static final byte FRAMED = 0;
    private static final int FRAME_BYTES = 5;

    private final Consumer<byte[], byte[]> consumer;
    private final DurableTopics topics;
    private final LogValues values;
    private final BooleanSupplier allowed;
    private final Map<TopicPartition, PartitionCopy> copies = new HashMap<>();

    /** Of each id that values carry of their schemas, a topic with such values. */
    private final Map<Integer, String> schemas = new TreeMap<>();

    /**
     * @param archive writes a segment
     * @param allowed whether to go on; asked often
     */
    LogCopy(
            KafkaConnection kafka,
            DurableTopics topics,
            Map<TopicPartition, Long> begins,
            LogValues values,
            Effort effort,
            Function<Segment, SegmentRef> archive,
            BooleanSupplier allowed) {
        this.topics = topics;
        this.values = values;
        this.allowed = allowed;
        consumer = consumer(kafka);
        topics.partitions()
                .forEach(
                        (partition, where) ->
                                copies.put(
                                        partition,
                                        new PartitionCopy(
                                                where,
                                                begins.getOrDefault(partition, 0L),
                                                effort,
                                                archive)));
    }

    static Consumer<byte[], byte[]> consumer(KafkaConnection kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where records are gone it must fail, and not go on behind them.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        // At the end of a partition a fetch waits so long, and what is asked next waits behind it.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Where each partition ends now: behind what is committed. */
    static Map<TopicPartition, Long> ends(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions, LIMIT);
    }

    /**
     * Reads each partition up to an offset, one after the other.
     *
     * @param ends by partition; those at or before where it has come to are passed over
     * @param flush whether each is written at once, so that only one is held in memory
     * @return how many offsets they were
     * @throws TideScopeException PRECONDITION_FAILED when records are gone that were to be read,
     *     UNAVAILABLE when the cluster does not give them; {@link StoppedException} when it must
     *     not go on
     */
    long advance(Map<TopicPartition, Long> ends, boolean flush) {
        long offsets = 0;
        for (TopicPartition partition : inOrder()) {
            PartitionCopy copy = Objects.requireNonNull(copies.get(partition));
            long end = ends.getOrDefault(partition, 0L);
            if (copy.position() < end) {
                offsets += end - copy.position();
                read(partition, copy, end);
            }
            if (flush || copies.values().stream().mapToLong(PartitionCopy::held).sum() > HELD) {
                copies.values().forEach(PartitionCopy::flush);
            }
        }
        return offsets;
    }

    /** First those whose records go by themselves after a time. */
    private List<TopicPartition> inOrder() {
        return copies.keySet().stream()
                .sorted(
                        Comparator.comparing(
                                        (TopicPartition each) -> !topics.topic(each).isRetained())
                                .reversed()
                                .thenComparing(TopicPartition::toString))
                .toList();
    }

    /**
     * How far a partition was read.
     *
     * @return -1 for one that is not followed
     */
    long position(TopicPartition partition) {
        PartitionCopy copy = copies.get(partition);
        return copy == null ? -1 : copy.position();
    }

    private void read(TopicPartition partition, PartitionCopy copy, long end) {
        DurableTopic topic = topics.topic(partition);
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, copy.position());
            long last = System.nanoTime();
            while (copy.position() < end) {
                if (!allowed.getAsBoolean()) {
                    throw new StoppedException();
                }
                var records = consumer.poll(POLL).records(partition);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    add(copy, record, topic);
                }
                long position = consumer.position(partition);
                if (position > copy.position() || !records.isEmpty()) {
                    last = System.nanoTime();
                } else if (System.nanoTime() - last > LIMIT.toNanos()) {
                    throw new TideScopeException(
                            ErrorCode.UNAVAILABLE,
                            "the Kafka cluster gave nothing of %s for %d seconds"
                                    .formatted(partition, LIMIT.toSeconds()));
                }
                copy.advance(position);
            }
        } catch (OffsetOutOfRangeException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "records of %s from %d on are gone from the cluster"
                            .formatted(partition, copy.position()),
                    e);
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not give what is to be backed up", e);
        }
    }

    private void add(PartitionCopy copy, ConsumerRecord<byte[], byte[]> read, DurableTopic topic) {
        ArchivedRecord record =
                values.archived(
                        topic.archived(),
                        new ArchivedRecord(
                                read.offset(),
                                read.timestamp(),
                                read.key(),
                                read.value(),
                                List.of(read.headers().toArray())));
        byte[] value = record.value();
        if (value != null && value.length >= FRAME_BYTES && value[0] == FRAMED) {
            schemas.putIfAbsent(ByteBuffer.wrap(value).getInt(1), topic.archived());
        }
        copy.add(record, topic == topics.log() ? values.mark(record) : null);
    }

    /** Writes what was read: of each partition, what it was since it was taken before. */
    List<PartitionCopy.Taken> take() {
        return copies.values().stream().map(PartitionCopy::take).toList();
    }

    /** Ids that values carry of their schemas, each with a topic that has such values. */
    Map<Integer, String> schemas() {
        return Map.copyOf(schemas);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
