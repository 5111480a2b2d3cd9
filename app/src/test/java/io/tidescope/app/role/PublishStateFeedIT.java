package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.repositories.RefStateTail;
import io.tidescope.store.query.Deadline;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

@Timeout(120)
class PublishStateFeedIT {
    private static final RefKey REF = new RefKey("o/one", "refs/heads/main");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestBroker broker = TestBroker.start();
    private final AvroSerde<RefState> serde =
            AvroSerde.forValue(
                    Namespace.NONE.repositories(), RefState.class, new InMemorySchemaRegistry());
    private final Producer<byte[], byte[]> publisher;
    private final PublishStateFeed feed;

    PublishStateFeedIT() {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            new TopicAdmin(admin).ensure(new Topics(1));
        }
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("transactional.id", "publisher");
        publisher =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        publisher.initTransactions();
        feed = new PublishStateFeed(new RefStateTail(broker.connection(), serde));
    }

    @AfterEach
    void close() throws InterruptedException {
        feed.close();
        publisher.close(Duration.ZERO);
        broker.close();
    }

    @Test
    void whatWasPublishedBeforeTheCallIsKnown() {
        for (long sequence = 1; sequence <= 20; sequence++) {
            publisher.beginTransaction();
            send(sequence);
            publisher.commitTransaction();

            assertThat(feed.statesNow(Deadline.in(LONG)))
                    .extracting(RefState::getSequence)
                    .containsExactly(sequence);
        }
    }

    @Test
    void whoCannotBeToldInTimeIsToldSoAndTheNextIsToldAgain() {
        publisher.beginTransaction();
        send(1);
        publisher.flush();

        assertThatThrownBy(() -> feed.statesNow(Deadline.in(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(feed.states()).isEmpty();
        publisher.commitTransaction();

        assertThat(feed.statesNow(Deadline.in(LONG))).hasSize(1);
    }

    private void send(long sequence) {
        RefState state =
                RefState.newBuilder()
                        .setRepository(REF.repository())
                        .setRef(REF.ref())
                        .setDefaultRef(true)
                        .setLocation("/somewhere")
                        .setSequence(sequence)
                        .setUpdatedAtMillis(Instant.ofEpochMilli(1))
                        .build();
        publisher.send(
                new ProducerRecord<>(
                        Namespace.NONE.repositories(), 0, REF.toBytes(), serde.serialize(state)));
    }
}
