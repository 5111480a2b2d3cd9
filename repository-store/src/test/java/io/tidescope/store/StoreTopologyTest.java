package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.Messaging;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.Appliers;
import io.tidescope.store.rocks.DocumentStore;
import io.tidescope.store.rocks.DocumentStoreBuilder;
import io.tidescope.store.rocks.KeptOpen;
import io.tidescope.store.rocks.NativeMemory;
import io.tidescope.store.rocks.StoreMetrics;
import io.tidescope.store.rocks.TestRecords;
import io.tidescope.store.rocks.TopicExtent;
import io.tidescope.store.rocks.TreeCache;
import io.tidescope.testing.RecordedSpans;
import io.tidescope.testing.ScratchDirectory;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The store's topology, with its real store and without a broker. */
class StoreTopologyTest {
    private static final String REPOSITORY = "acme/tide";
    private static final String REF = "refs/heads/main";
    private static final TopicExtent TOPIC =
            new TopicExtent(Uuid.randomUuid(), 0, Long.MAX_VALUE, Duration.ofDays(7));

    private final ScratchDirectory state = ScratchDirectory.create("tidescope-topology");
    private final NativeMemory memory = new NativeMemory(NativeMemory.MIN_BYTES);
    private final AvroSerde<DocumentRecord> serde =
            AvroSerde.forValue(
                    Namespace.NONE.documents(), DocumentRecord.class, new InMemorySchemaRegistry());
    private final RecordedSpans spans = new RecordedSpans();
    private final TopologyTestDriver driver = driver();

    @AfterEach
    void close() {
        driver.close();
        spans.close();
        memory.close();
        state.close();
    }

    @Test
    void documentsAreThereAsSoonAsTheirMarkerIs() {
        put("A.java", "class A {}");
        put("B.java", "class B { int field; }");
        assertThat(documents()).isZero();
        mark(1);

        assertThat(documents()).isEqualTo(2);
        assertThat(names("field")).containsExactly("field");
        assertThat(reached(1)).isTrue();
        assertThat(reached(2)).isFalse();
    }

    @Test
    void documentsOfARevisionThatIsNotCompleteAreThereSoon() {
        put("A.java", "class A {}");
        driver.advanceWallClockTime(Duration.ofMillis(100));

        assertThat(documents()).isEqualTo(1);
    }

    @Test
    void manyDocumentsDoNotWaitForEachOther() {
        for (int i = 0; i < 300; i++) {
            put("A" + i + ".java", "class A" + i + " {}");
        }

        assertThat(documents()).isPositive();
    }

    @Test
    void aVersionReplacesTheOneBefore() {
        put("A.java", "class A { int old; }");
        put("A.java", "class A { int young; }");
        mark(1);

        assertThat(documents()).isEqualTo(1);
        assertThat(names("old")).isEmpty();
        assertThat(names("young")).containsExactly("young");
    }

    @Test
    void aRecordWrittenTwiceIsThereOnce() {
        put("A.java", "class A { int field; }");
        put("A.java", "class A { int field; }");
        mark(1);
        mark(1);

        assertThat(documents()).isEqualTo(1);
        assertThat(names("field")).containsExactly("field");
        assertThat(reached(1)).isTrue();
    }

    @Test
    void aTombstoneTakesTheDocumentAndAllThatWasFoundInIt() {
        put("A.java", "class A { int field; }");
        put("B.java", "class B {}");
        mark(1);
        changes().pipeInput(key("A.java"), (byte[]) null);
        mark(2);

        assertThat(documents()).isEqualTo(1);
        assertThat(names("field")).isEmpty();
        assertThat(names("B")).containsExactly("B");
    }

    @Test
    void theTombstoneOfAMarkerTakesWhatWasKnownOfTheRef() {
        put("A.java", "class A {}");
        mark(1);
        changes().pipeInput(key(""), (byte[]) null);

        assertThat(reached(1)).isFalse();
        assertThat(documents()).isEqualTo(1);
    }

    @Test
    void aRecordOfATraceHasASpanUntilItIsApplied() {
        Headers headers = headersOfAParse();
        put("B.java", "class B {}");
        pipe("A.java", document("A.java", "class A {}"), headers, Instant.now());
        assertThat(spans.ended()).extracting(SpanData::getName).containsExactly("parse");
        pipe("", marker(1), headers, Instant.now());

        assertThat(reached(1)).isTrue();
        assertThat(spans.ended())
                .extracting(SpanData::getName)
                .containsExactly("parse", "apply", "apply revision");
        SpanData parse = spans.ended().getFirst();
        assertThat(spans.ended().subList(1, 3))
                .allSatisfy(
                        apply -> {
                            assertThat(apply.getTraceId()).isEqualTo(parse.getTraceId());
                            assertThat(apply.getParentSpanId()).isEqualTo(parse.getSpanId());
                        });
        assertThat(spans.ended().get(1).getAttributes().get(Messaging.OFFSET)).isEqualTo(1);
    }

    @Test
    void aRecordOfATraceOfLongAgoIsAppliedWithoutASpan() {
        Headers headers = headersOfAParse();
        Instant before = Instant.now().minus(Duration.ofHours(1));
        pipe("A.java", document("A.java", "class A {}"), headers, before);
        pipe("", marker(1), headers, before);

        assertThat(reached(1)).isTrue();
        assertThat(spans.ended()).extracting(SpanData::getName).containsExactly("parse");
    }

    private Headers headersOfAParse() {
        Headers headers = new RecordHeaders();
        try (ActiveSpan _ = spans.tracing().begin("parse", SpanKind.CONSUMER, Context.root())) {
            TraceParent.header().ifPresent(headers::add);
        }
        return headers;
    }

    private TopologyTestDriver driver() {
        PartitionBoard board = new PartitionBoard(() -> 0);
        KeptOpen kept = new KeptOpen(InstantSource.system());
        kept.end();
        DocumentStoreBuilder stores =
                new DocumentStoreBuilder(
                        StoreTopology.STORE,
                        memory,
                        new Appliers(Runnable::run),
                        new TreeCache(8 << 20),
                        serde,
                        new StoreMetrics(new SimpleMeterRegistry()),
                        board,
                        Duration.ZERO,
                        partition -> TOPIC,
                        partition -> {
                            throw new AssertionError("nothing is rebuilt");
                        },
                        Runnable::run,
                        kept,
                        InstantSource.system());
        return new TopologyTestDriver(
                StoreTopology.of(stores, board, Namespace.NONE, spans.tracing()),
                StoreTopology.configuration(
                        KafkaConnection.to("nowhere:1"), StoreSettings.of(state.path(), "node-0")));
    }

    private TestInputTopic<byte[], byte[]> changes() {
        return driver.createInputTopic(
                Namespace.NONE.documents(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void put(String path, String content) {
        pipe(path, document(path, content), new RecordHeaders(), Instant.now());
    }

    private static DocumentRecord document(String path, String content) {
        DocumentKey key = new DocumentKey(REPOSITORY, REF, path);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new DocumentRecord(TestRecords.document(key, bytes, 1));
    }

    private void mark(long revision) {
        pipe("", marker(revision), new RecordHeaders(), Instant.now());
    }

    private static DocumentRecord marker(long revision) {
        return new DocumentRecord(
                TestRecords.marker(REPOSITORY, REF, TestRecords.commit(revision), revision, true));
    }

    private void pipe(String path, DocumentRecord record, Headers headers, Instant time) {
        changes().pipeInput(new TestRecord<>(key(path), serde.serialize(record), headers, time));
    }

    private static byte[] key(String path) {
        return new DocumentKey(REPOSITORY, REF, path).toBytes();
    }

    private long documents() {
        return ask(new ReadStatistics(soon())).documents();
    }

    private boolean reached(long revision) {
        String commit = TestRecords.commit(revision);
        return !ask(new FindRevision(commit, Scope.EVERYWHERE, soon())).isEmpty();
    }

    private List<String> names(String name) {
        NameMatch match = new NameMatch.Exact(name);
        return ask(new FindSymbols(match, Set.of(), Scope.EVERYWHERE, null, 10, soon())).stream()
                .map(hit -> hit.definition().name())
                .toList();
    }

    private <R> R ask(StoreQuery<R> query) {
        DocumentStore store = (DocumentStore) driver.getStateStore(StoreTopology.STORE);
        return store.query(query, PositionBound.unbounded(), new QueryConfig(false)).getResult();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
