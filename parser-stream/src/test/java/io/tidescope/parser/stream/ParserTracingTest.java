package io.tidescope.parser.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.FileKey;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.Messaging;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.testing.RecordedSpans;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What becomes of the trace that changes bring. */
class ParserTracingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final FileChange CHANGE = Changes.upsert("A.java", "1", "class A {}");

    private final RecordedSpans spans = new RecordedSpans(Sampler.alwaysOn(), () -> NOW);
    private final EventSerdes serdes =
            EventSerdes.with(new InMemorySchemaRegistry(), Namespace.NONE);
    private final ParseWorkers workers =
            new ParseWorkers(
                    (content, cancellation) -> FailedParse.of(content, "syntax", "not Java"),
                    Duration.ofSeconds(30),
                    () -> {});
    private final List<TopologyTestDriver> drivers = new ArrayList<>();

    @AfterEach
    void close() {
        drivers.forEach(TopologyTestDriver::close);
        workers.close();
        spans.close();
    }

    @Test
    void aParseIsAPartOfItsPublishAndWhatComesOfItNamesTheParse() {
        Headers publish = publish();
        List<TestRecord<byte[], byte[]>> written =
                pipe(spans.tracing(), NOW, publish, CHANGE, Changes.marker());

        assertThat(spans.ended()).extracting(SpanData::getName).containsExactly("publish", "parse");
        SpanData parse = spans.ended().getLast();
        assertThat(parse.getTraceId()).isEqualTo(spans.ended().getFirst().getTraceId());
        assertThat(parse.getParentSpanId()).isEqualTo(spans.ended().getFirst().getSpanId());
        assertThat(parse.getAttributes().asMap())
                .containsEntry(Messaging.PATH, "A.java")
                .containsEntry(Messaging.DESTINATION, "file-changes")
                .containsEntry(Messaging.OFFSET, 0L);
        assertThat(traceParent(written.getFirst()))
                .contains(parse.getTraceId() + "-" + parse.getSpanId());
        assertThat(traceParent(written.getLast()))
                .as("that of the marker")
                .isEqualTo(traceParent(publish));
        assertThat(written)
                .allSatisfy(record -> assertThat(Provenance.of(record.headers())).isPresent());
    }

    @Test
    void aChangeOfNoTraceLeavesNone() {
        List<TestRecord<byte[], byte[]>> written =
                pipe(spans.tracing(), NOW, new RecordHeaders(), CHANGE, Changes.marker());

        assertThat(spans.ended()).isEmpty();
        assertThat(written).allSatisfy(ParserTracingTest::assertUntraced);
    }

    @Test
    void historyThatIsReadAgainLeavesNone() {
        Headers publish = publish();
        List<TestRecord<byte[], byte[]>> written =
                pipe(spans.tracing(), NOW.minus(Duration.ofHours(1)), publish, CHANGE);

        assertThat(spans.ended()).extracting(SpanData::getName).containsExactly("publish");
        assertThat(written).allSatisfy(ParserTracingTest::assertUntraced);
    }

    @Test
    void whatBecomesOfAChangeIsTheSameWithATraceAndWithout() {
        Headers publish = publish();
        TestRecord<byte[], byte[]> traced = pipe(spans.tracing(), NOW, publish, CHANGE).getFirst();
        TestRecord<byte[], byte[]> off = pipe(Tracing.OFF, NOW, publish, CHANGE).getFirst();

        assertThat(traced.value()).isEqualTo(off.value());
        assertThat(traced.key()).isEqualTo(off.key());
        assertThat(traced.timestamp()).isEqualTo(off.timestamp());
        assertThat(Provenance.of(traced.headers())).isEqualTo(Provenance.of(off.headers()));
        assertUntraced(off);
    }

    /** Headers of the records of a publish. */
    private Headers publish() {
        Headers headers = new RecordHeaders();
        try (ActiveSpan _ = spans.tracing().begin("publish", SpanKind.PRODUCER, Context.root())) {
            TraceParent.header().ifPresent(headers::add);
        }
        return headers;
    }

    private List<TestRecord<byte[], byte[]>> pipe(
            Tracing tracing, Instant published, Headers headers, FileChange... changes) {
        TopologyTestDriver driver =
                new TopologyTestDriver(
                        ParserTopology.build(
                                Namespace.NONE,
                                serdes,
                                workers,
                                new ParserMetrics(new SimpleMeterRegistry()),
                                new NothingForwarded(),
                                tracing));
        drivers.add(driver);
        var input =
                driver.createInputTopic(
                        Namespace.NONE.fileChanges(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        for (FileChange change : changes) {
            input.pipeInput(
                    new TestRecord<>(
                            new FileKey(change.getRepository(), change.getPath()).toBytes(),
                            serdes.changes().serialize(change),
                            headers,
                            published));
        }
        List<TestRecord<byte[], byte[]>> written =
                driver.createOutputTopic(
                                Namespace.NONE.documents(),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())
                        .readRecordsToList();
        assertThat(written)
                .extracting(record -> DocumentKey.read(record.key()).path())
                .containsExactlyElementsOf(
                        List.of(changes).stream().map(FileChange::getPath).toList());
        return written;
    }

    private record NothingForwarded() implements Forwarded {
        @Override
        public Uuid topic() {
            return new Uuid(1, 2);
        }

        @Override
        public long last(int partition) {
            return -1;
        }
    }

    private static void assertUntraced(TestRecord<byte[], byte[]> record) {
        assertThat(record.headers().lastHeader(TraceParent.NAME)).isNull();
    }

    private static String traceParent(TestRecord<byte[], byte[]> record) {
        return traceParent(record.headers());
    }

    private static String traceParent(Headers headers) {
        Header header = headers.lastHeader(TraceParent.NAME);
        assertThat(header).isNotNull();
        return new String(header.value(), StandardCharsets.US_ASCII);
    }
}
