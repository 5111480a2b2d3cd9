package io.tidescope.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.Namespace;
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
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.rocks.TestRecords;
import io.tidescope.testing.ScratchDirectory;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A broker, a directory for the state of a store node, and what tests do with both. */
final class StoreNodeRig implements AutoCloseable {
    static final int PARTITIONS = 3;
    static final String REPOSITORY = "acme/tide";
    static final String REF = "refs/heads/main";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestBroker broker = TestBroker.start();
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<DocumentRecord> serde =
            AvroSerde.forValue(Namespace.NONE.documents(), DocumentRecord.class, registry);
    private final ScratchDirectory state = ScratchDirectory.create("tidescope-state");
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long sequence;

    StoreNodeRig() throws Exception {
        try (Admin admin = admin()) {
            createTopic(admin);
        }
    }

    @Override
    public void close() {
        broker.close();
        state.close();
    }

    Admin admin() {
        return Admin.create(broker.connection().clientProperties());
    }

    static void createTopic(Admin admin) throws Exception {
        NewTopic documents =
                new NewTopic(Namespace.NONE.documents(), PARTITIONS, (short) 1)
                        .configs(new Topics(PARTITIONS).documents().settings());
        admin.createTopics(List.of(documents)).all().get();
    }

    Path state() {
        return state.path();
    }

    void loseState() {
        state.close();
    }

    /** Records that the node started last has restored or applied. */
    double records(String what) {
        return meters.counter("tide_scope_ast_store_records_" + what).count();
    }

    /** A node whose counters begin at zero. */
    StoreNode started() {
        meters = new SimpleMeterRegistry();
        StoreNode node = node("node-0", state.path(), GroupSettings.ALONE);
        node.start();
        return node;
    }

    StoreNode node(String id, Path directory, GroupSettings group) {
        StoreSettings settings = new StoreSettings(directory, id, 2, 2, 64 << 20, 8 << 20, group);
        return new StoreNode(broker.connection(), settings, registry, meters);
    }

    /** Writes files {@code Type<n>}, and a marker to every partition. */
    void publish(int from, int to, long revision) {
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
                                Namespace.NONE.documents(),
                                partition,
                                key,
                                serde.serialize(new DocumentRecord(marker))));
            }
            producer.commitTransaction();
        }
    }

    /** Writes a file, and takes it back. */
    void abort(String type) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.beginTransaction();
            producer.send(record(type));
            producer.flush();
            producer.abortTransaction();
        }
    }

    ProducerRecord<byte[], byte[]> record(String type) {
        DocumentKey key = new DocumentKey(REPOSITORY, REF, "src/" + type + ".java");
        byte[] content = "class %s {}\n".formatted(type).getBytes(StandardCharsets.UTF_8);
        Document document = TestRecords.document(key, content, ++sequence);
        return new ProducerRecord<>(
                Namespace.NONE.documents(),
                DocumentPartitioner.partition(REPOSITORY, key.path(), PARTITIONS),
                key.toBytes(),
                serde.serialize(new DocumentRecord(document)));
    }

    KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("transactional.id", "publisher");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    static Set<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "Type" + i).collect(Collectors.toSet());
    }

    /** As soon as all partitions answer: Streams may still be moving one between its threads. */
    static Set<String> namesIn(StoreNode node) {
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

    static void awaitRevision(StoreNode node, long revision) {
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

    static void awaitReady(StoreNode node) {
        await(() -> ready(node));
    }

    static boolean ready(StoreNode node) {
        return node.status().stream().allMatch(it -> it.state() == PartitionStatus.State.ACTIVE);
    }

    static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.in(PATIENCE);
        while (!condition.getAsBoolean()) {
            deadline.check();
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    static Set<Integer> all() {
        return IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toSet());
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
