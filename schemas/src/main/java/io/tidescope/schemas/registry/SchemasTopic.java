package io.tidescope.schemas.registry;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The compacted topic in which a registry keeps what it knows; one registry writes to it. */
final class SchemasTopic implements AutoCloseable {
    private static final String NAME = "_schemas";
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConnection connection;
    private final Producer<byte[], byte[]> producer;

    SchemasTopic(KafkaConnection connection) {
        this.connection = connection;
        Map<String, Object> properties = connection.clientProperties();
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("delivery.timeout.ms", Math.toIntExact(TIMEOUT.toMillis()));
        properties.put("request.timeout.ms", Math.toIntExact(TIMEOUT.toMillis() / 2));
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Creates the topic when it is not there.
     *
     * @param replication replicas; -1 for the broker's default
     */
    void ensure(short replication) {
        NewTopic topic =
                new NewTopic(NAME, 1, replication).configs(Map.of("cleanup.policy", "compact"));
        try (Admin admin = Admin.create(connection.clientProperties())) {
            KafkaFuture<Void> created = admin.createTopics(List.of(topic)).all();
            created.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unavailable("created", e);
            }
        } catch (TimeoutException e) {
            throw unavailable("created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("created", e);
        }
    }

    /** Everything written so far. */
    RegistryState read() {
        Map<String, Object> properties = connection.clientProperties();
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        RegistryState state = new RegistryState();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end =
                    Optional.ofNullable(
                                    consumer.endOffsets(List.of(PARTITION), TIMEOUT).get(PARTITION))
                            .orElse(0L);
            while (consumer.position(PARTITION, TIMEOUT) < end) {
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

    /** Returns when the record is kept. */
    void write(RegistryRecord record) {
        Future<?> written =
                producer.send(
                        new ProducerRecord<>(
                                NAME,
                                0,
                                RegistryRecordFormat.key(record),
                                RegistryRecordFormat.value(record)));
        try {
            written.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable("written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("written", e);
        }
    }

    @Override
    public void close() {
        producer.close(TIMEOUT);
    }

    private static TideScopeException unavailable(String what, Exception cause) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "topic %s could not be %s: %s".formatted(NAME, what, cause.getMessage()),
                cause);
    }
}
