package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.rocks.TestRecords;
import io.tidescope.testing.ScratchDirectory;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A store node on a real broker: applying, asking, coming back. */
@Timeout(180)
class StoreNodeIT {
    private static final int PARTITIONS = 3;
    private static final String REPOSITORY = "acme/tide";
    private static final String REF = "refs/heads/main";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestBroker broker = TestBroker.start();
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<DocumentRecord> serde =
            AvroSerde.forValue(Topics.DOCUMENTS, DocumentRecord.class, registry);
    private final ScratchDirectory state = ScratchDirectory.create("tidescope-state");
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long sequence;

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            createTopic(admin);
        }
    }

    private static void createTopic(Admin admin) throws Exception {
        NewTopic documents =
                new NewTopic(Topics.DOCUMENTS, PARTITIONS, (short) 1)
                        .configs(new Topics(PARTITIONS).documents().settings());
        admin.createTopics(List.of(documents)).all().get();
    }

    @AfterEach
    void close() {
        broker.close();
        state.close();
    }

    @Test
    void appliesWhatIsPublishedAndRestoresOnlyWhatItHasNotWhenItComesBack() {
        try (StoreNode node = started()) {
            publish(0, 30, 1);
            awaitRevision(node, 1);
            assertThat(namesIn(node)).isEqualTo(names(0, 30));
        }
        meters = new SimpleMeterRegistry();
        try (StoreNode node = started()) {
            awaitReady(node);
            assertThat(namesIn(node)).isEqualTo(names(0, 30));
            assertThat(meters.counter("tidescope.store.records.restored").count()).isZero();
            assertThat(meters.counter("tidescope.store.records.applied").count()).isZero();
            publish(30, 40, 2);
            awaitRevision(node, 2);
            assertThat(namesIn(node)).isEqualTo(names(0, 40));
        }
        assertThat(meters.counter("tidescope.store.records.applied").count())
                .isEqualTo(10 + PARTITIONS);
    }

    @Test
    void aLostStateDirectoryIsRestoredFromTheTopic() {
        try (StoreNode node = started()) {
            publish(0, 30, 1);
            awaitRevision(node, 1);
        }
        state.close();
        meters = new SimpleMeterRegistry();
        try (StoreNode node = started()) {
            awaitReady(node);
            assertThat(meters.counter("tidescope.store.records.restored").count())
                    .isEqualTo(30 + PARTITIONS);
            assertThat(namesIn(node)).isEqualTo(names(0, 30));
        }
    }

    @Test
    void aCopyOfTheStateAsAHaltLeavesItCatchesUpWithTheTail() throws IOException {
        try (ScratchDirectory halted = ScratchDirectory.create("tidescope-halted")) {
            try (StoreNode node = started()) {
                publish(0, 30, 1);
                awaitRevision(node, 1);
            }
            copy(state.path(), halted.path());
            meters = new SimpleMeterRegistry();
            try (StoreNode node = started()) {
                publish(30, 50, 2);
                awaitRevision(node, 2);
            }
            state.close();
            copy(halted.path(), state.path());
        }
        meters = new SimpleMeterRegistry();
        try (StoreNode node = started()) {
            awaitReady(node);
            assertThat(meters.counter("tidescope.store.records.restored").count())
                    .isEqualTo(20 + PARTITIONS);
            assertThat(namesIn(node)).isEqualTo(names(0, 50));
        }
    }

    @Test
    void aTopicThatWasCreatedAgainIsNotAnsweredFromTheOneBefore() throws Exception {
        try (StoreNode node = started()) {
            publish(0, 30, 1);
            awaitRevision(node, 1);
        }
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            admin.deleteTopics(List.of(Topics.DOCUMENTS)).all().get();
            await(() -> !topics(admin).contains(Topics.DOCUMENTS));
            createTopic(admin);
        }
        publish(100, 200, 2);
        try (StoreNode node = started()) {
            awaitRevision(node, 2);
            assertThat(namesIn(node)).isEqualTo(names(100, 200));
        }
    }

    @Test
    void whatATopicLostIsNotAnsweredAnyMore() throws Exception {
        try (StoreNode node = started()) {
            publish(0, 30, 1);
            awaitRevision(node, 1);
        }
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.put(
                        new TopicPartition(Topics.DOCUMENTS, partition),
                        RecordsToDelete.beforeOffset(-1));
            }
            // What is only compacted cannot be truncated: somebody has to want it.
            cleanUpBy("delete", admin);
            admin.deleteRecords(all).all().get();
            cleanUpBy("compact", admin);
        }
        publish(100, 110, 2);
        try (StoreNode node = started()) {
            awaitRevision(node, 2);
            assertThat(namesIn(node)).isEqualTo(names(100, 110));
        }
    }

    @Test
    void partitionsThatAreNotReadyAreMissingWithAReason() {
        try (StoreNode node = started()) {
            StoreClient client = node.client();
            // Whatever the moment, every partition is accounted for.
            while (!ready(node)) {
                var answers = client.ask(new ReadStatistics(soon()), all());
                assertThat(
                                Stream.concat(
                                        answers.byPartition().keySet().stream(),
                                        answers.missing().keySet().stream()))
                        .containsExactlyInAnyOrderElementsOf(all());
                assertThat(answers.missing().values()).allMatch(reason -> !reason.isBlank());
            }
            assertThat(client.ask(new ReadStatistics(soon()), all()).complete()).isTrue();
            var elsewhere = client.ask(new ReadStatistics(soon()), Set.of(PARTITIONS + 1));
            assertThat(elsewhere.missing()).containsOnlyKeys(PARTITIONS + 1);
        }
    }

    @Test
    void uncommittedRecordsAreNotSeen() {
        try (StoreNode node = started();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.beginTransaction();
            producer.send(record("Aborted"));
            producer.flush();
            producer.abortTransaction();
            publish(0, 3, 1);
            awaitRevision(node, 1);
            assertThat(namesIn(node)).isEqualTo(names(0, 3));
        }
    }

    @Test
    void aRecordThatNoThreadGetsPastEndsTheNodeWithTheReason() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.beginTransaction();
            byte[] ofUnknownSchema = {0, 0, 0, 3, (byte) 0xE7, 1};
            producer.send(
                    new ProducerRecord<>(
                            Topics.DOCUMENTS,
                            1,
                            new DocumentKey(REPOSITORY, REF, "A.java").toBytes(),
                            ofUnknownSchema));
            producer.commitTransaction();
        }
        try (StoreNode node = started()) {
            assertThat(node.failure().toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(TideScopeException.class)
                    .withMessageContaining("the store cannot go on: there is no schema 999");
            await(() -> node.health() == StoreHealth.FAILED);
        }
    }

    private StoreNode started() {
        StoreSettings settings =
                new StoreSettings(state.path(), "node-0", 2, 2, 64 << 20, Duration.ofSeconds(6));
        KafkaConnection connection = broker.connection();
        StoreNode node = new StoreNode(connection, settings, registry, meters);
        node.start();
        return node;
    }

    /** Writes files {@code Type<n>}, and a marker to every partition. */
    private void publish(int from, int to, long revision) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.beginTransaction();
            for (int i = from; i < to; i++) {
                producer.send(record("Type" + i));
            }
            RevisionMarker marker =
                    TestRecords.marker(
                            REPOSITORY, REF, TestRecords.commit(revision), revision, true);
            byte[] key = new DocumentKey(REPOSITORY, REF, "").toBytes();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(
                        new ProducerRecord<>(
                                Topics.DOCUMENTS,
                                partition,
                                key,
                                serde.serialize(new DocumentRecord(marker))));
            }
            producer.commitTransaction();
        }
    }

    private ProducerRecord<byte[], byte[]> record(String type) {
        DocumentKey key = new DocumentKey(REPOSITORY, REF, "src/" + type + ".java");
        byte[] content = "class %s {}\n".formatted(type).getBytes(StandardCharsets.UTF_8);
        Document document = TestRecords.document(key, content, ++sequence);
        return new ProducerRecord<>(
                Topics.DOCUMENTS,
                DocumentPartitioner.partition(REPOSITORY, key.path(), PARTITIONS),
                key.toBytes(),
                serde.serialize(new DocumentRecord(document)));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("transactional.id", "publisher");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static Set<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "Type" + i).collect(Collectors.toSet());
    }

    /** As soon as all partitions answer: Streams may still be moving one between its threads. */
    private static Set<String> namesIn(StoreNode node) {
        Set<String> names = new HashSet<>();
        await(
                () -> {
                    FindSymbols query =
                            new FindSymbols(
                                    new NameMatch.Prefix("type"),
                                    Set.of(),
                                    Scope.EVERYWHERE,
                                    null,
                                    1000,
                                    soon());
                    StoreClient.Answers<List<SymbolHit>> answers = node.client().ask(query, all());
                    names.clear();
                    answers.byPartition()
                            .values()
                            .forEach(
                                    hits ->
                                            hits.forEach(
                                                    hit -> names.add(hit.definition().name())));
                    return answers.complete();
                });
        return names;
    }

    private static void awaitRevision(StoreNode node, long revision) {
        String commit = TestRecords.commit(revision);
        await(
                () -> {
                    StoreClient.Answers<List<ReachedRef>> answers =
                            node.client()
                                    .ask(new FindRevision(commit, Scope.EVERYWHERE, soon()), all());
                    return answers.complete()
                            && answers.byPartition().values().stream().noneMatch(List::isEmpty);
                });
    }

    private static void awaitReady(StoreNode node) {
        await(() -> ready(node));
    }

    private static boolean ready(StoreNode node) {
        return node.status().stream().allMatch(it -> it.state() == PartitionStatus.State.READY);
    }

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.in(PATIENCE);
        while (!condition.getAsBoolean()) {
            deadline.check();
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static void cleanUpBy(String policy, Admin admin) throws Exception {
        admin.incrementalAlterConfigs(
                        Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, Topics.DOCUMENTS),
                                List.of(
                                        new AlterConfigOp(
                                                new ConfigEntry("cleanup.policy", policy),
                                                AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static Set<String> topics(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Integer> all() {
        return IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toSet());
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(
                    file -> {
                        try {
                            Path target = to.resolve(from.relativize(file).toString());
                            if (!Files.exists(target)) {
                                Files.copy(file, target);
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
