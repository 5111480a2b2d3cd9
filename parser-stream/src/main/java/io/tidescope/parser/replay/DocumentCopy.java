package io.tidescope.parser.replay;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies what a plan does not parse again from {@code documents} of one index to those of another:
 * record by record, as they are, each partition in its order.
 *
 * <p>The order matters: a document's latest record wins, a tombstone takes away what comes before
 * it, and from the last record of a partition parsers read what they need not parse. In the last
 * transaction it is written where the parsers begin, so that an index either is prepared or not.
 * Whoever begins to prepare the same index fences the one before.
 */
final class DocumentCopy {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int TRANSACTION_BYTES = 32 << 20;

    /** Well below what {@code transaction.timeout.ms} allows. */
    private static final Duration TRANSACTION_TIME = Duration.ofSeconds(30);

    private static final int TRANSACTION_TIMEOUT_MILLIS = 120_000;
    private static final int BUFFER_BYTES = Topics.MAX_RECORD_BYTES + (8 << 20);
    private static final int BATCH_BYTES = 1 << 20;
    private static final int LINGER_MILLIS = 50;

    private final KafkaConnection from;
    private final KafkaConnection to;
    private final ReplayPlan plan;
    private final Uuid log;
    private final Runnable copied;
    private long bytes;
    private long begun;

    /**
     * @param log id of {@code file-changes}
     * @param copied called when everything is copied, before it counts; throws when it must not
     */
    DocumentCopy(
            KafkaConnection from, KafkaConnection to, ReplayPlan plan, Uuid log, Runnable copied) {
        this.from = from;
        this.to = to;
        this.plan = plan;
        this.log = log;
        this.copied = copied;
    }

    /**
     * Copies, and writes where parsers begin.
     *
     * @throws TideScopeException PRECONDITION_FAILED when a record does not tell which change it is
     *     from
     */
    void run(ReplayPreparation.Progress progress) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        producerProperties(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            try {
                if (plan.copies()) {
                    copy(producer, progress);
                    copied.run();
                }
                producer.sendOffsetsToTransaction(offsets(), parsers());
                producer.commitTransaction();
            } catch (RuntimeException e) {
                abort(producer, e);
                throw e;
            }
        }
    }

    private static void abort(Producer<byte[], byte[]> producer, RuntimeException reason) {
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            // Whoever fenced it has ended the transaction, and else its time does.
            reason.addSuppressed(e);
        }
    }

    private void copy(Producer<byte[], byte[]> producer, ReplayPreparation.Progress progress) {
        try (Consumer<byte[], byte[]> consumer = consumer(consumerProperties())) {
            Set<TopicPartition> partitions =
                    plan.starts().keySet().stream()
                            .map(number -> new TopicPartition(from.names().documents(), number))
                            .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            // What is committed later is of later changes, which the plan parses again.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long total = sum(ends) - sum(begins);
            long left;
            do {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    copy(record, producer);
                }
                // There may be much to pass over, for longer than a transaction may take.
                if (bytes > 0 && System.nanoTime() - begun > TRANSACTION_TIME.toNanos()) {
                    next(producer);
                }
                left = 0;
                for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                    left += Math.max(0, end.getValue() - consumer.position(end.getKey()));
                }
                progress.copied(total - left, total);
            } while (left > 0);
        }
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private void copy(ConsumerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer) {
        long change =
                Provenance.of(record.headers())
                        .filter(each -> each.topic().equals(log))
                        .map(Provenance::offset)
                        .orElseThrow(() -> unknown(record));
        if (!plan.copies(record.partition(), change)) {
            return;
        }
        producer.send(
                new ProducerRecord<>(
                        to.names().documents(),
                        record.partition(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        record.headers()));
        if (bytes == 0) {
            // The cluster counts a transaction's time from the first record on.
            begun = System.nanoTime();
        }
        bytes += record.serializedKeySize() + Math.max(0, record.serializedValueSize());
        if (bytes >= TRANSACTION_BYTES) {
            next(producer);
        }
    }

    private void next(Producer<byte[], byte[]> producer) {
        bytes = 0;
        producer.commitTransaction();
        producer.beginTransaction();
    }

    private static TideScopeException unknown(ConsumerRecord<byte[], byte[]> record) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "Record %d of %s-%d does not tell which change it is from: an older version wrote it, or the log is another one. Replay from the beginning."
                        .formatted(record.offset(), record.topic(), record.partition()));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        plan.starts()
                .forEach(
                        (number, start) ->
                                offsets.put(
                                        new TopicPartition(to.names().fileChanges(), number),
                                        new OffsetAndMetadata(start)));
        return offsets;
    }

    /** Their group, of which nobody is a member yet. */
    private ConsumerGroupMetadata parsers() {
        Map<String, Object> properties = to.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, to.names().parserApplication());
        try (Consumer<byte[], byte[]> consumer = consumer(properties)) {
            return consumer.groupMetadata();
        }
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> consumerProperties() {
        Map<String, Object> properties = from.clientProperties();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        // Where records are gone it must fail, and not go on behind them.
        properties.put("auto.offset.reset", "none");
        return properties;
    }

    private Map<String, Object> producerProperties() {
        Map<String, Object> properties = to.clientProperties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, to.names().replay());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFER_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        // A second request would overtake the first write of a transaction, and be refused.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return properties;
    }
}
