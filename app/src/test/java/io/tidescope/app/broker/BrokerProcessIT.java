package io.tidescope.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.PackagedApplication;
import io.tidescope.testing.fault.ProcessSignal;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(180)
final class BrokerProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final TopicPartition PARTITION = new TopicPartition("log", 0);

    @TempDir private Path temporary;
    private Path logs;
    private final AtomicBoolean lost = new AtomicBoolean();

    @BeforeEach
    void makeLogs() throws Exception {
        logs = Files.createDirectory(temporary.resolve("logs"));
    }

    @Test
    void keepsItsDataAndItsClusterOverARestart() throws Exception {
        String cluster;
        try (BrokerProcess broker = broker()) {
            KafkaConnection connection = broker.start();
            createTopic(connection);
            write(connection, List.of("one", "two"));
            cluster = clusterId(connection);
        }
        try (BrokerProcess broker = broker()) {
            KafkaConnection connection = broker.start();
            assertThat(clusterId(connection)).isEqualTo(cluster);
            assertThat(read(connection, 2)).containsExactly("one", "two");
        }
        assertThat(lost).isFalse();
    }

    @Test
    void comesBackOnTheSamePortWhenKilledAndLosesNothingThatWasAcknowledged() throws Exception {
        try (BrokerProcess broker = broker()) {
            KafkaConnection connection = broker.start();
            createTopic(connection);
            List<String> values = new ArrayList<>();
            List<Future<?>> acknowledged = new ArrayList<>();
            try (KafkaProducer<String, String> producer = producer(connection)) {
                for (int i = 0; i < 2_000; i++) {
                    String value = "value " + i;
                    values.add(value);
                    acknowledged.add(producer.send(new ProducerRecord<>("log", value)));
                    if (i == 1_000) {
                        onlyChild().destroyForcibly();
                    }
                }
                for (Future<?> each : acknowledged) {
                    each.get(60, TimeUnit.SECONDS);
                }
            }
            assertThat(read(connection, values.size())).isEqualTo(values);
        }
        assertThat(lost).isFalse();
    }

    @Test
    void aQuorumOfThreeTakesWritesWhileOneIsAwayAndKeepsThemOverARestart() throws Exception {
        try (BrokerProcess brokers = brokers(3)) {
            KafkaConnection connection = brokers.start();
            createTopic(connection, (short) 3);
            write(connection, List.of("one"));
            // One that is killed is back before anybody misses it; this one is away.
            long away = ProcessHandle.current().children().findFirst().orElseThrow().pid();
            assertThat(ProcessSignal.STOP.send(away)).isTrue();
            try {
                write(connection, List.of("two"));
                assertThat(read(connection, 2)).containsExactly("one", "two");
            } finally {
                ProcessSignal.CONT.send(away);
            }
        }
        assertThat(ProcessHandle.current().children()).isEmpty();
        try (BrokerProcess brokers = brokers(3)) {
            assertThat(read(brokers.start(), 2)).containsExactly("one", "two");
        }
        assertThat(lost).isFalse();
    }

    @Test
    void leavesNoProcessBehind() throws Exception {
        ProcessHandle child;
        try (BrokerProcess broker = broker()) {
            broker.start();
            child = onlyChild();
        }
        assertThat(child.isAlive()).isFalse();
        assertThat(Files.readString(logs.resolve("broker.log"))).contains("let go of the broker");
    }

    @Test
    void givesUpOnABrokerThatDiesAsSoonAsItIsReady() throws Exception {
        Path starts = temporary.resolve("starts");
        try (BrokerProcess broker = broker("echo start >> '" + starts + "'; echo ready")) {
            broker.start();
            Eventually.until(LIMIT, "the broker is given up", lost::get);
        }
        assertThat(Files.readAllLines(starts)).hasSizeBetween(3, 10);
    }

    @Test
    void closingEndsABrokerThatIsBeingStartedAgain() throws Exception {
        Path dead = temporary.resolve("dead");
        Path again = temporary.resolve("again");
        String dieOnceThenHang =
                "if [ -e '%1$s' ]; then echo $$ > '%2$s'; exec sleep 1000; fi; : > '%1$s'; echo ready"
                        .formatted(dead, again);
        ProcessHandle hanging;
        try (BrokerProcess broker = broker(dieOnceThenHang)) {
            broker.start();
            Eventually.until(
                    LIMIT, "the broker is started again", () -> again.toFile().length() > 0);
            hanging =
                    ProcessHandle.of(Long.parseLong(Files.readString(again).strip())).orElseThrow();
        }
        assertThat(hanging.isAlive()).isFalse();
        assertThat(lost).isFalse();
    }

    @Test
    void startsNothingOnceClosed() {
        BrokerProcess broker = broker();
        broker.close();
        assertThatThrownBy(broker::start).isInstanceOf(CancellationException.class);
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private BrokerProcess broker() {
        return brokers(1);
    }

    private BrokerProcess brokers(int size) {
        List<String> java = new ArrayList<>(PackagedApplication.brokerJava("-Xmx256m"));
        java.add("io.tidescope.app.Main");
        return brokers(java, size);
    }

    /** Something else in its place. */
    private BrokerProcess broker(String script) {
        return brokers(List.of("sh", "-c", script), 1);
    }

    private BrokerProcess brokers(List<String> java, int size) {
        return new BrokerProcess(
                java, temporary.resolve("broker"), logs, size, () -> lost.set(true));
    }

    private static ProcessHandle onlyChild() {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        assertThat(children).hasSize(1);
        return children.getFirst();
    }

    private static void createTopic(KafkaConnection connection) throws Exception {
        createTopic(connection, (short) 1);
    }

    private static void createTopic(KafkaConnection connection, short replication)
            throws Exception {
        try (Admin admin = Admin.create(connection.clientProperties())) {
            admin.createTopics(List.of(new NewTopic("log", 1, replication)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static String clusterId(KafkaConnection connection) throws Exception {
        try (Admin admin = Admin.create(connection.clientProperties())) {
            return admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<String, String> producer(KafkaConnection connection) {
        return new KafkaProducer<>(
                impatient(connection), new StringSerializer(), new StringSerializer());
    }

    /** So that a broker that does not answer is not waited for longer than others take. */
    private static Map<String, Object> impatient(KafkaConnection connection) {
        Map<String, Object> properties = connection.clientProperties();
        properties.put("request.timeout.ms", 3_000);
        return properties;
    }

    private static void write(KafkaConnection connection, List<String> values) throws Exception {
        try (KafkaProducer<String, String> producer = producer(connection)) {
            for (String value : values) {
                producer.send(new ProducerRecord<>("log", value)).get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> read(KafkaConnection connection, int count) {
        Map<String, Object> properties = impatient(connection);
        properties.put("auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
