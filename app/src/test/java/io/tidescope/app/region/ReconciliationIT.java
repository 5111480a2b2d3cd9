package io.tidescope.app.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.region.RegionCluster;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** When what was torn counts as published again, by what publishers write down of it. */
@Timeout(120)
final class ReconciliationIT {
    private static final RefKey SHOP = new RefKey("acme/shop", "refs/heads/main");
    private static final RefKey TILL = new RefKey("acme/till", "refs/heads/main");
    private static final RefKey UNKNOWN = new RefKey("acme/unknown", "refs/heads/main");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PublishProgress TORN =
            new PublishProgress(null, ByteBuffer.allocate(0), 0, 0, true);

    private final TestBroker broker = TestBroker.start();
    private final Topics topics = new Topics(1);
    private EmbeddedRegistry registry;
    private RegionCluster region;
    private AvroSerde<RefState> states;
    private Producer<byte[], byte[]> publisher;

    @BeforeEach
    void start() {
        KafkaConnection kafka = broker.connection();
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            new TopicAdmin(admin).ensure(topics);
        }
        registry =
                EmbeddedRegistry.start(
                        kafka,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Replication.BROKERS_DEFAULT);
        region = new RegionCluster("east", kafka, topics, registry.uri());
        states = AvroSerde.forValue(topics.names().repositories(), RefState.class, registry);
        publisher = publisher("publisher");
    }

    @AfterEach
    void stop() {
        publisher.close(Duration.ZERO);
        registry.close();
        broker.close();
    }

    @Test
    void onlyRefsThatArePublishedWholeAreNotOpen() throws Exception {
        publish(SHOP, null);
        publish(TILL, TORN);

        assertThat(await(Duration.ZERO, SHOP, TILL, UNKNOWN)).containsExactly(TILL, UNKNOWN);
        publish(TILL, null);
        assertThat(await(Duration.ZERO, SHOP, TILL)).isEmpty();
    }

    /** Of another repository, by a publisher that was killed: it is given up after a minute. */
    @Test
    void whatAnOpenPublishHidesIsWaitedForAndNoFailure() throws Exception {
        publish(SHOP, TORN);
        try (Producer<byte[], byte[]> other = publisher("other")) {
            other.beginTransaction();
            send(other, TILL, null);
            other.flush();
            publish(SHOP, null);
            assertThat(await(Duration.ZERO, SHOP)).containsExactly(SHOP);

            other.abortTransaction();
            assertThat(await(LONG, SHOP)).isEmpty();
        }
    }

    @Test
    void ofNothingNobodyIsAsked() throws Exception {
        RegionCluster nowhere =
                new RegionCluster(
                        "east",
                        KafkaConnection.to("127.0.0.1:1"),
                        topics,
                        URI.create("http://127.0.0.1:1"));

        assertThat(Reconciliation.await(nowhere, List.of(), Duration.ZERO)).isEmpty();
    }

    /** Whether it is published is not known, and may be by the next look. */
    @Test
    void whatCannotBeReadForWantOfTheRegistryIsOpen() throws Exception {
        publish(SHOP, null);
        RegionCluster unreadable =
                new RegionCluster(
                        "east", broker.connection(), topics, URI.create("http://127.0.0.1:1"));

        assertThat(Reconciliation.await(unreadable, List.of(SHOP), Duration.ZERO))
                .containsExactly(SHOP);
    }

    private List<RefKey> await(Duration limit, RefKey... refs) throws InterruptedException {
        return Reconciliation.await(region, List.of(refs), limit);
    }

    private void publish(RefKey ref, @Nullable PublishProgress progress) {
        publisher.beginTransaction();
        send(publisher, ref, progress);
        publisher.commitTransaction();
    }

    private void send(
            Producer<byte[], byte[]> producer, RefKey ref, @Nullable PublishProgress progress) {
        RefState state = ReconciliationTest.state(ref, progress);
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                topics.names().repositories(),
                                0,
                                ref.toBytes(),
                                states.serialize(state)));
    }

    private Producer<byte[], byte[]> publisher(String id) {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("transactional.id", id);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
