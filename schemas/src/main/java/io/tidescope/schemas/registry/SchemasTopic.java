package io.tidescope.schemas.registry;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The compacted topic in which a registry keeps what it knows. One registry writes to it: another
 * one that opens it fences this one, which cannot write any more.
 */
final class SchemasTopic implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SchemasTopic.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConnection connection;
    private final TopicPartition partition;
    private final Producer<byte[], byte[]> producer;
    private volatile boolean broken;

    SchemasTopic(KafkaConnection connection) {
        this.connection = connection;
        partition = new TopicPartition(connection.names().schemas(), 0);
        Map<String, Object> properties = connection.clientProperties();
        properties.put("acks", "all");
        properties.put("transactional.id", connection.names().registry());
        properties.put("max.block.ms", TIMEOUT.toMillis());
        properties.put("delivery.timeout.ms", Math.toIntExact(TIMEOUT.toMillis()));
        properties.put("request.timeout.ms", Math.toIntExact(TIMEOUT.toMillis() / 2));
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Creates the topic when it is not there, and holds it against the design when it is.
     *
     * @throws TideScopeException PRECONDITION_FAILED when it does not fit
     */
    void ensure(Replication replication) {
        Topic topic = new Topics(connection.names(), 1, replication).schemas();
        try (Admin admin = Admin.create(connection.clientProperties())) {
            new TopicAdmin(admin).ensure(List.of(topic), replication);
        }
    }

    /** Takes the topic over: whoever wrote to it cannot any more. */
    void takeOver() {
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            throw unavailable("taken over", e);
        }
    }

    /** Everything written so far. */
    RegistryState read() {
        Map<String, Object> properties = connection.clientProperties();
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        RegistryState state = new RegistryState();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end =
                    Optional.ofNullable(
                                    consumer.endOffsets(List.of(partition), TIMEOUT).get(partition))
                            .orElse(0L);
            while (consumer.position(partition, TIMEOUT) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new KafkaException("its end was not reached in " + TIMEOUT);
                }
                consumer.poll(POLL)
                        .forEach(
                                record ->
                                        RegistryRecordFormat.read(record.key(), record.value())
                                                .ifPresent(state::apply));
            }
        } catch (KafkaException e) {
            throw unavailable("read", e);
        }
        return state;
    }

    /**
     * Returns when the record is kept.
     *
     * @throws TideScopeException PRECONDITION_FAILED when another registry has taken the topic
     *     over, UNAVAILABLE when the record may not be kept
     */
    void write(RegistryRecord record) {
        try {
            producer.beginTransaction();
            // What becomes of it is told by the commit.
            Future<?> unused =
                    producer.send(
                            new ProducerRecord<>(
                                    partition.topic(),
                                    0,
                                    RegistryRecordFormat.key(record),
                                    RegistryRecordFormat.value(record)));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            broken = true;
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "another schema registry has taken over the topic %s; run one of them, or give each a topic prefix of its own"
                            .formatted(partition.topic()),
                    e);
        } catch (KafkaException e) {
            abort();
            throw unavailable("written", e);
        }
    }

    /** A record of which nobody knows whether it is kept would be followed by one with its id. */
    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            log.atWarn().setCause(e).log("It is not known whether a schema was registered");
            broken = true;
        }
    }

    /** Whether nothing can be written any more: what is there must be read again first. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        producer.close(TIMEOUT);
    }

    private TideScopeException unavailable(String what, Exception cause) {
        return KafkaProblem.of(
                "did not let topic %s be %s".formatted(partition.topic(), what), cause);
    }
}
