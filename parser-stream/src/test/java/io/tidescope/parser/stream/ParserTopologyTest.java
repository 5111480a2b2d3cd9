package io.tidescope.parser.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.parser.parse.Cancellation;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.FileKey;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.trace.Tracing;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

class ParserTopologyTest {
    private static final Duration DEADLINE = Duration.ofMillis(200);
    private static final String ENDLESS = "endless";
    private static final String LONG = "long";
    private static final String SLOW = "slow";
    private static final String DEEP = "deep";
    private static final String HUNGRY = "hungry";
    private static final String BROKEN = "broken";

    private static final Uuid TOPIC = new Uuid(1, 2);

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger exhausted = new AtomicInteger();
    private final AtomicInteger parses = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventSerdes serdes =
            EventSerdes.with(new InMemorySchemaRegistry(), Namespace.NONE);
    private final ParseWorkers workers =
            new ParseWorkers(this::parse, DEADLINE, exhausted::incrementAndGet);
    private final TopologyTestDriver driver =
            new TopologyTestDriver(
                    ParserTopology.build(
                            Namespace.NONE,
                            serdes,
                            workers,
                            new ParserMetrics(meters),
                            new Forwarded() {
                                @Override
                                public Uuid topic() {
                                    return TOPIC;
                                }

                                @Override
                                public long last(int partition) {
                                    return -1;
                                }
                            },
                            Tracing.OFF));
    private final TestInputTopic<byte[], byte[]> changes =
            driver.createInputTopic(
                    Namespace.NONE.fileChanges(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
    private final TestOutputTopic<byte[], byte[]> documents = output(Namespace.NONE.documents());
    private final TestOutputTopic<byte[], byte[]> failures = output(Namespace.NONE.parseFailures());

    @AfterEach
    void close() {
        released.countDown();
        driver.close();
        workers.close();
    }

    @Test
    void documentsDeletesAndMarkersComeOutInTheOrderTheyWentIn() {
        FileChange marker = Changes.marker();
        pipe(
                Changes.upsert("A.java", "1", "class A {}"),
                Changes.upsert("B.java", "2", "class B {}"),
                Changes.delete("A.java"),
                marker,
                Changes.upsert("A.java", "3", "class A2 {}"));

        List<TestRecord<byte[], byte[]>> written = documents.readRecordsToList();

        assertThat(written)
                .extracting(record -> DocumentKey.read(record.key()))
                .containsExactly(
                        key("A.java"), key("B.java"), key("A.java"), key(""), key("A.java"));
        assertThat(written.get(2).value()).isNull();
        assertThat(body(written.get(3))).isEqualTo(marker.getChange());
        Document last = (Document) body(written.get(4));
        assertThat(last.getBlob()).isEqualTo("3");
        assertThat(last.getSequence()).isEqualTo(7);
        assertThat(last.getCommit()).isEqualTo("c0ffee");
        assertThat(source(last)).isEqualTo("class A2 {}");
    }

    @Test
    void everyRecordTellsWhichChangeItIsFrom() {
        pipe(
                Changes.upsert("A.java", "1", "class A {}"),
                Changes.upsert("README.md", "2", "# Read"),
                Changes.delete("A.java"),
                Changes.marker());

        assertThat(documents.readRecordsToList())
                .extracting(record -> Provenance.of(record.headers()).orElseThrow())
                .containsExactly(
                        new Provenance(TOPIC, 0),
                        new Provenance(TOPIC, 2),
                        new Provenance(TOPIC, 3));
    }

    @Test
    void aFileWithoutContentIsARecordedRejection() {
        pipe(Changes.rejected("Big.java", "1", "larger than the limit"));

        Document document = onlyDocument();
        assertThat(document.getOutcome()).isEqualTo(ParseOutcome.UNPARSEABLE);
        assertThat(document.getProblems())
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.getCode()).isEqualTo("rejected");
                            assertThat(problem.getMessage()).isEqualTo("larger than the limit");
                        });
        assertThat(onlyFailure().getCode()).isEqualTo("rejected");
    }

    @Test
    void filesThatAreNotJavaAreCountedAndDropped() {
        pipe(Changes.upsert("README.md", "1", "# Read"), Changes.delete("pom.xml"));

        assertThat(documents.isEmpty()).isTrue();
        assertThat(failures.isEmpty()).isTrue();
        assertThat(meters.get("tide_scope_ast_parser_files").tag("outcome", "skipped").counter())
                .returns(2.0, Counter::count);
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOverAndRecorded() {
        changes.pipeInput(new FileKey("a/b", "X.java").toBytes(), new byte[] {1, 2, 3});
        changes.pipeInput(new TestRecord<>(new byte[] {9}, null));
        byte[] whole = serdes.changes().serialize(Changes.upsert("Y.java", "1", "class Y {}"));
        changes.pipeInput(
                new FileKey("a/b", "Y.java").toBytes(), Arrays.copyOf(whole, whole.length - 1));
        pipe(Changes.upsert("A.java", "1", "class A {}"));

        assertThat(onlyDocument().getPath()).isEqualTo("A.java");
        List<ParseFailure> recorded =
                failures.readRecordsToList().stream()
                        .limit(3)
                        .map(
                                record ->
                                        serdes.failures()
                                                .deserialize(ByteBuffer.wrap(record.value())))
                        .toList();
        assertThat(recorded).extracting(ParseFailure::getCode).containsOnly("undecodable");
        assertThat(recorded)
                .extracting(ParseFailure::getPath)
                .containsExactly("X.java", "", "Y.java");
    }

    @Test
    void aRecordWhoseSchemaTheRegistryDoesNotGiveIsNotPassedOver() {
        byte[] key = new FileKey("a/b", "X.java").toBytes();

        assertThatThrownBy(() -> changes.pipeInput(key, new byte[] {0, 0, 0, 3, (byte) 0xE7, 1}))
                .hasRootCauseInstanceOf(TideScopeException.class)
                .hasRootCauseMessage("there is no schema 999");
        assertThat(failures.isEmpty()).isTrue();
    }

    @Test
    void aFileThatTakesForeverTimesOutOnceAndTheStreamGoesOn() {
        pipe(
                Changes.upsert("Endless.java", "e", ENDLESS),
                Changes.upsert("Same.java", "e", ENDLESS),
                Changes.upsert("A.java", "1", "class A {}"));

        List<Document> written = allDocuments();
        assertThat(written)
                .extracting(Document::getOutcome)
                .containsExactly(
                        ParseOutcome.UNPARSEABLE,
                        ParseOutcome.UNPARSEABLE,
                        ParseOutcome.UNPARSEABLE);
        assertThat(codes(written)).containsExactly("timeout", "timeout", "syntax");
        assertThat(source(written.getFirst())).isEqualTo(ENDLESS);
        assertThat(parses).hasValue(2);
        assertThat(workers.abandoned()).isEqualTo(1);
    }

    @Test
    void aFileThatTakesForeverIsNotParsedBehindItsDeadlineWhenThatCanBeHelped() {
        pipe(Changes.upsert("Long.java", "l", LONG));

        assertThat(codes(allDocuments())).containsExactly("timeout");
        assertThat(workers.abandoned()).isZero();
    }

    @Test
    void aFileThatTookLongIsNotParsedAgainWhenItsBatchComesAgain() {
        FileChange change = Changes.upsert("Slow.java", "s", SLOW);
        pipe(change, change);

        List<Document> written = allDocuments();
        assertThat(written).hasSize(2);
        assertThat(written.getFirst()).isEqualTo(written.getLast());
        assertThat(parses).hasValue(1);
    }

    @Test
    void whenTooManyParsesHangTheNodeIsToldAndFilesAreStillParsed() {
        for (int i = 0; i < ParseWorkers.MAX_ABANDONED; i++) {
            pipe(Changes.upsert("E" + i + ".java", "e" + i, ENDLESS));
        }
        assertThat(exhausted).hasValue(1);
        pipe(Changes.upsert("A.java", "1", "class A {}"));

        assertThat(allDocuments()).hasSize(ParseWorkers.MAX_ABANDONED + 1);
    }

    @Test
    void errorsOfTheParserAreTheFilesAndNotTheNodes() {
        pipe(
                Changes.upsert("Deep.java", "d", DEEP),
                Changes.upsert("Hungry.java", "h", HUNGRY),
                Changes.upsert("Broken.java", "b", BROKEN),
                Changes.upsert("A.java", "1", "class A {}"));

        assertThat(codes(allDocuments()))
                .containsExactly("too_deep", "out_of_memory", "parser_error", "syntax");
        assertThat(failures.getQueueSize()).isEqualTo(4);
    }

    /** Stands in for JavaParser where it must misbehave; what it gives back is one problem. */
    private ParseResult parse(byte[] content, Cancellation cancellation) {
        parses.incrementAndGet();
        return switch (new String(content, StandardCharsets.UTF_8)) {
            case ENDLESS -> {
                awaitRelease();
                yield FailedParse.of(content, "syntax", "late");
            }
            case LONG -> {
                while (!cancellation.isCancelled()) {
                    LockSupport.parkNanos(DEADLINE.dividedBy(4).toNanos());
                }
                throw new CancellationException();
            }
            case SLOW -> {
                LockSupport.parkNanos(DEADLINE.dividedBy(4).toNanos());
                yield FailedParse.of(content, "syntax", "slow");
            }
            case DEEP -> throw new StackOverflowError();
            case HUNGRY -> throw new OutOfMemoryError("asked for too much");
            case BROKEN -> throw new IllegalStateException("a bug");
            default -> FailedParse.of(content, "syntax", "not Java");
        };
    }

    /** As JavaParser does, it takes no notice of interrupts. */
    private void awaitRelease() {
        while (true) {
            try {
                released.await();
                return;
            } catch (InterruptedException e) {
                // goes on
            }
        }
    }

    private void pipe(FileChange... all) {
        for (FileChange change : all) {
            changes.pipeInput(
                    new FileKey(change.getRepository(), change.getPath()).toBytes(),
                    serdes.changes().serialize(change));
        }
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(
                topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Object body(TestRecord<byte[], byte[]> record) {
        return serdes.documents().deserialize(ByteBuffer.wrap(record.value())).getBody();
    }

    private Document onlyDocument() {
        List<Document> all = allDocuments();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<Document> allDocuments() {
        List<Document> all = new ArrayList<>();
        documents.readRecordsToList().forEach(record -> all.add((Document) body(record)));
        return all;
    }

    private ParseFailure onlyFailure() {
        return serdes.failures().deserialize(ByteBuffer.wrap(failures.readValue()));
    }

    private static List<String> codes(List<Document> documents) {
        return documents.stream()
                .map(document -> document.getProblems().getFirst().getCode())
                .toList();
    }

    private static String source(Document document) {
        return StandardCharsets.UTF_8.decode(document.getSource()).toString();
    }

    private static DocumentKey key(String path) {
        return new DocumentKey(Changes.REPOSITORY, Changes.REF, path);
    }
}
