package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.schemas.repositories.RefStateTail;
import io.tidescope.testing.TestBroker;

import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@link RefStateTail} with a broker; in this module, for test-support depends on the other. */
class RefStateTailIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RefKey ONE = new RefKey("o/one", "refs/heads/main");
    private static final RefKey OTHER = new RefKey("o/other", "refs/heads/main");

    private final TestBroker broker = TestBroker.start();
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<RefState> serde =
            AvroSerde.forValue(Namespace.NONE.repositories(), RefState.class, registry);
    private final List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    private final Producer<byte[], byte[]> publisher;
    private final RefStateTail tail;

    RefStateTailIT() {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            new TopicAdmin(admin).ensure(new Topics(1));
        }
        publisher = publisher("one");
        tail = new RefStateTail(broker.connection(), serde);
    }

    @AfterEach
    void close() {
        tail.close();
        producers.forEach(producer -> producer.close(Duration.ZERO));
        broker.close();
    }

    @Test
    void theLastCommittedStateOfEveryRefIsKnown() {
        commit(publisher, ONE, 1);
        commit(publisher, ONE, 2);
        commit(publisher, OTHER, 5);
        publisher.beginTransaction();
        send(publisher, ONE, 3L);
        publisher.abortTransaction();

        tail.catchUp(LONG);
        assertThat(tail.states()).hasSize(2);
        assertThat(sequence(ONE)).isEqualTo(2);
        assertThat(sequence(OTHER)).isEqualTo(5);

        publisher.beginTransaction();
        send(publisher, OTHER, null);
        publisher.commitTransaction();
        tail.catchUp(LONG);
        assertThat(tail.states()).containsOnlyKeys(ONE);
    }

    @Test
    void anEmptyTopicIsCaughtUpWith() {
        tail.catchUp(LONG);

        assertThat(tail.states()).isEmpty();
    }

    @Test
    void anOpenTransactionOfAnotherPublisherDoesNotHideWhatIsBehindIt() {
        Producer<byte[], byte[]> other = publisher("other");
        other.beginTransaction();
        send(other, OTHER, 1L);
        other.flush();
        commit(publisher, ONE, 1);

        assertThatThrownBy(() -> tail.catchUp(Duration.ofMillis(500)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));

        other.commitTransaction();
        tail.catchUp(LONG);
        assertThat(sequence(ONE)).isEqualTo(1);
        assertThat(sequence(OTHER)).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadForWantOfItsSchemaIsReadLater() {
        commit(publisher, ONE, 1);
        commit(publisher, OTHER, 5);
        AtomicBoolean away = new AtomicBoolean(true);
        SchemaRegistry flaky =
                new SchemaRegistry() {
                    @Override
                    public int register(String subject, Schema schema) {
                        return registry.register(subject, schema);
                    }

                    @Override
                    public Schema read(int id) {
                        if (away.get()) {
                            throw new TideScopeException(ErrorCode.UNAVAILABLE, "away");
                        }
                        return registry.read(id);
                    }
                };
        try (RefStateTail flakyTail =
                new RefStateTail(
                        broker.connection(),
                        AvroSerde.forValue(Namespace.NONE.repositories(), RefState.class, flaky))) {
            assertThatThrownBy(() -> flakyTail.catchUp(LONG)).hasMessage("away");
            away.set(false);
            flakyTail.catchUp(LONG);

            assertThat(flakyTail.states()).containsOnlyKeys(ONE, OTHER);
        }
    }

    private long sequence(RefKey key) {
        return Objects.requireNonNull(tail.states().get(key)).getSequence();
    }

    private void commit(Producer<byte[], byte[]> producer, RefKey key, long sequence) {
        producer.beginTransaction();
        send(producer, key, sequence);
        producer.commitTransaction();
    }

    private void send(Producer<byte[], byte[]> producer, RefKey key, @Nullable Long sequence) {
        byte[] value = sequence == null ? null : serde.serialize(state(key, sequence));
        producer.send(new ProducerRecord<>(Namespace.NONE.repositories(), 0, key.toBytes(), value));
    }

    private Producer<byte[], byte[]> publisher(String id) {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("transactional.id", id);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        producer.initTransactions();
        return producer;
    }

    private static RefState state(RefKey key, long sequence) {
        return RefState.newBuilder()
                .setRepository(key.repository())
                .setRef(key.ref())
                .setDefaultRef(true)
                .setLocation("/somewhere")
                .setSequence(sequence)
                .setUpdatedAtMillis(Instant.ofEpochMilli(1))
                .build();
    }
}
