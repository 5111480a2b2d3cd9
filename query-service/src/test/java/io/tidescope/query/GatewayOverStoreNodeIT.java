package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.request.RepositoryRevision;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.store.StoreNode;
import io.tidescope.store.StoreSettings;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.testing.ScratchDirectory;
import io.tidescope.testing.TestBroker;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The gateway over a real store node answers as over the store in memory, which goes through all
 * documents for every question: this module's own sources, under odd names too, on several refs.
 */
@Timeout(180)
class GatewayOverStoreNodeIT {
    private static final int PARTITIONS = 3;
    private static final String FEATURE = "refs/heads/feature";
    private static final String OTHER = "tide/other";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Scope> SCOPES =
            List.of(
                    Scope.EVERYWHERE,
                    new Scope(null, Scope.ALL_REFS),
                    new Scope(SampleIndex.REPOSITORY, null),
                    new Scope(SampleIndex.REPOSITORY, FEATURE),
                    new Scope(OTHER, Scope.ALL_REFS));

    private static final InMemoryStore MODEL = new InMemoryStore(PARTITIONS);
    private static final Gateway EXPECTED = new Gateway(MODEL);
    private static final SchemaRegistry SCHEMAS = new InMemorySchemaRegistry();
    private static final TestBroker BROKER = TestBroker.start();
    private static final ScratchDirectory STATE = ScratchDirectory.create("tidescope-gateway");
    private static final StoreNode NODE =
            new StoreNode(
                    BROKER.connection(),
                    StoreSettings.of(STATE.path(), "gateway-test"),
                    SCHEMAS,
                    new SimpleMeterRegistry());

    @BeforeAll
    static void index() throws Exception {
        SampleIndex index = new SampleIndex(MODEL);
        List<Path> sources = sources();
        for (Path source : sources) {
            String text = Files.readString(source);
            String name = source.getFileName().toString();
            index.put(source.toString(), text);
            if (name.startsWith("S")) {
                index.put(SampleIndex.REPOSITORY, FEATURE, "odd/ü 𝒳\uFFFD " + name, text);
                index.put(OTHER, SampleIndex.MAIN, "\uFFFD/" + name, text);
                index.put(OTHER, SampleIndex.MAIN, "𝒳/" + name, text);
            }
        }
        MODEL.mark(marker(SampleIndex.REPOSITORY, SampleIndex.MAIN, true));
        MODEL.mark(marker(SampleIndex.REPOSITORY, FEATURE, false));
        MODEL.mark(marker(OTHER, SampleIndex.MAIN, true));
        try (Admin admin = Admin.create(BROKER.connection().clientProperties())) {
            new TopicAdmin(admin).ensure(new Topics(PARTITIONS));
        }
        publish();
        NODE.start();
        RevisionBound bound =
                new RevisionBound(new RepositoryRevision(null, SampleIndex.COMMIT), PATIENCE);
        RevisionBarrier barrier = new RevisionBarrier(NODE.client(), PublishStates.NONE, 1);
        for (Scope scope : SCOPES) {
            barrier.await(bound, scope, EXPECTED.partitions());
        }
    }

    @AfterAll
    static void stop() {
        NODE.close();
        BROKER.close();
        STATE.close();
    }

    @Test
    void findsTheSameSymbolsInTheSameOrder() {
        List<NameMatch> matches =
                List.of(
                        new NameMatch.Exact("Scope"),
                        new NameMatch.Exact("of"),
                        new NameMatch.Exact("none of them"),
                        new NameMatch.Prefix("par"),
                        new NameMatch.Camel("RB"),
                        new NameMatch.Substring("e"),
                        new NameMatch.Regex("^(read|w.*s)$"),
                        new NameMatch.Fuzzy("Gatway"));
        for (NameMatch match : matches) {
            for (Scope scope : SCOPES) {
                for (Set<SymbolKind> kinds :
                        List.<Set<SymbolKind>>of(
                                Set.of(), Set.of(SymbolKind.METHOD, SymbolKind.RECORD))) {
                    assertSame(
                            match + " in " + scope + " of " + kinds,
                            (gateway, page) -> gateway.symbols(match, kinds, scope, page, soon()));
                }
            }
        }
    }

    @Test
    void findsTheSameOccurrencesInTheSameOrder() {
        for (String name : List.of("Scope", "of", "String", "parameter", "none of them")) {
            for (Scope scope : SCOPES) {
                for (Set<OccurrenceRole> roles :
                        List.<Set<OccurrenceRole>>of(
                                Set.of(), Set.of(OccurrenceRole.CALL, OccurrenceRole.TYPE))) {
                    assertSame(
                            name + " in " + scope + " as " + roles,
                            (gateway, page) ->
                                    gateway.occurrences(name, roles, scope, page, soon()));
                }
            }
        }
    }

    @Test
    void answersManySearchesAndOthersAtOnce() throws Exception {
        Search names = Search.of(new Rule.OfKind(Set.of(NodeKind.NAME_EXPR)));
        Gateway real = new Gateway(NODE.client());
        long expected = count(EXPECTED, names).count();
        List<Future<StructureEnd>> searches = new ArrayList<>();
        Future<Page<SymbolHit>> symbols;
        try (ExecutorService clients = Executors.newCachedThreadPool()) {
            for (int i = 0; i < 40; i++) {
                searches.add(clients.submit(() -> count(real, names)));
            }
            symbols =
                    clients.submit(
                            () ->
                                    real.symbols(
                                            new NameMatch.Substring("e"),
                                            Set.of(),
                                            Scope.EVERYWHERE,
                                            PageRequest.of("question", 10, null),
                                            soon()));
        }

        assertThat(symbols.get().items()).hasSize(10);
        for (Future<StructureEnd> search : searches) {
            assertThat(search.get().complete()).isTrue();
            assertThat(search.get().count()).isEqualTo(expected).isPositive();
        }
    }

    private static StructureEnd count(Gateway gateway, Search search) throws IOException {
        StructureQuestion question =
                new StructureQuestion(search, Scope.EVERYWHERE, PathGlobs.ALL, true, false);
        try (StructureSearch under =
                gateway.search(question, PageRequest.of("question", 1, null), soon())) {
            return under.run(
                    new EachMatch() {
                        @Override
                        void accept(StructureHit match) {}

                        @Override
                        public void pause() {}
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "src/main/java/io/tidescope/query/http", "odd/ü 𝒳", "no such"})
    void listsTheSameDocumentsInTheSameOrder(String prefix) {
        for (String ref : List.of(SampleIndex.MAIN, FEATURE, "refs/heads/none")) {
            for (String repository : List.of(SampleIndex.REPOSITORY, OTHER, "tide/none")) {
                assertSame(
                        "%s on %s of %s".formatted(prefix, ref, repository),
                        (gateway, page) ->
                                gateway.documents(repository, ref, prefix, page, soon()));
            }
        }
    }

    @Test
    void readsTheSameDocuments() {
        Gateway real = new Gateway(NODE.client());
        for (StoredDocument expected : MODEL.documents()) {
            StoredDocument document = found(real, expected.key()).orElseThrow();

            assertThat(document).usingRecursiveComparison().isEqualTo(expected);
        }
        DocumentKey none = new DocumentKey(OTHER, SampleIndex.MAIN, "None.java");
        assertThat(found(real, none)).isEmpty();
    }

    @Test
    void knowsTheSameRepositories() {
        PageRequest all = PageRequest.of("repositories", 10, null);
        Page<Repository> found =
                new RefDirectory(new Gateway(NODE.client()), PublishStates.NONE)
                        .repositories(all, soon());
        Page<Repository> expected =
                new RefDirectory(EXPECTED, PublishStates.NONE).repositories(all, soon());

        assertThat(found.items()).isEqualTo(expected.items());
        assertThat(found.nextCursor()).isEqualTo(expected.nextCursor());
        assertThat(found.missing()).isEmpty();
    }

    @Test
    void knowsTheSameRevisions() {
        Gateway real = new Gateway(NODE.client());
        for (String commit : List.of(SampleIndex.COMMIT, "7".repeat(40))) {
            for (Scope scope : SCOPES) {
                assertThat(reached(real, commit, scope))
                        .isEqualTo(reached(EXPECTED, commit, scope));
            }
        }
    }

    /** By partition; in which order a partition tells its refs is its own matter. */
    private static Map<Integer, Set<ReachedRef>> reached(
            Gateway gateway, String commit, Scope scope) {
        Map<Integer, Set<ReachedRef>> reached = new HashMap<>();
        gateway.revision(commit, scope, soon())
                .byPartition()
                .forEach((partition, refs) -> reached.put(partition, Set.copyOf(refs)));
        assertThat(reached).hasSize(PARTITIONS);
        return reached;
    }

    private static <T> void assertSame(
            String question, BiFunction<Gateway, PageRequest, Page<T>> ask) {
        List<T> expected = readAll(EXPECTED, 1000, ask);
        Gateway real = new Gateway(NODE.client());

        assertThat(readAll(real, 1000, ask)).as(question).isEqualTo(expected);
        int third = 1 + expected.size() / 3;
        assertThat(readAll(real, third, ask)).as("%s, in pages", question).isEqualTo(expected);
    }

    private static <T> List<T> readAll(
            Gateway gateway, int limit, BiFunction<Gateway, PageRequest, Page<T>> ask) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<T> page = ask.apply(gateway, PageRequest.of("question", limit, cursor));
            assertThat(page.missing()).isEmpty();
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static void publish() {
        AvroSerde<DocumentRecord> serde =
                AvroSerde.forValue(Namespace.NONE.documents(), DocumentRecord.class, SCHEMAS);
        Map<String, Object> properties = BROKER.connection().clientProperties();
        properties.put("max.request.size", Topics.MAX_RECORD_BYTES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (StoredDocument document : MODEL.documents()) {
                DocumentKey key = document.key();
                int partition =
                        DocumentPartitioner.partition(key.repository(), key.path(), PARTITIONS);
                send(producer, serde, partition, key, record(document));
            }
            for (RevisionMarker marker :
                    List.of(
                            marker(SampleIndex.REPOSITORY, SampleIndex.MAIN, true),
                            marker(SampleIndex.REPOSITORY, FEATURE, false),
                            marker(OTHER, SampleIndex.MAIN, true))) {
                DocumentKey key = new DocumentKey(marker.getRepository(), marker.getRef(), "");
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    send(producer, serde, partition, key, marker);
                }
            }
            producer.flush();
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            AvroSerde<DocumentRecord> serde,
            int partition,
            DocumentKey key,
            Object body) {
        byte[] value = serde.serialize(new DocumentRecord(body));
        var sent =
                producer.send(
                        new ProducerRecord<>(
                                Namespace.NONE.documents(), partition, key.toBytes(), value));
        assertThat(sent).isNotNull();
    }

    private static Document record(StoredDocument document) {
        return Document.newBuilder()
                .setRepository(document.key().repository())
                .setRef(document.key().ref())
                .setPath(document.key().path())
                .setSequence(document.sequence())
                .setCommit(document.commit())
                .setBlob(document.blob())
                .setMode(document.mode())
                .setOutcome(document.outcome())
                .setEncoding(document.encoding())
                .setSize(document.size())
                .setLines(document.lines())
                .setSource(buffer(document.source()))
                .setTree(buffer(document.tree()))
                .setProblems(document.problems())
                .build();
    }

    private static ByteBuffer buffer(byte @Nullable [] bytes) {
        return ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
    }

    private static RevisionMarker marker(String repository, String ref, boolean defaultRef) {
        return SampleIndex.marker(repository, ref, SampleIndex.COMMIT, defaultRef);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static Optional<StoredDocument> found(Gateway gateway, DocumentKey key) {
        return gateway.document(key, true, true, soon()).byPartition().values().stream()
                .flatMap(Optional::stream)
                .findFirst();
    }
}
