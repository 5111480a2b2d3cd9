package io.tidescope.schemas.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

class TracingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String RECORDED = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String NOT_RECORDED = "00-" + TRACE + "-b7ad6b7169203331-00";

    private final InMemorySpanExporter ended = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = provider(Sampler.alwaysOn());
    private final Tracing tracing = tracing(provider);

    private SdkTracerProvider provider(Sampler sampler) {
        return SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(sampler))
                .addSpanProcessor(SimpleSpanProcessor.create(ended))
                .build();
    }

    private static Tracing tracing(SdkTracerProvider provider) {
        return Tracing.with(
                OpenTelemetrySdk.builder().setTracerProvider(provider).build(), () -> NOW);
    }

    @AfterEach
    void close() {
        provider.close();
        assertThat(Span.current().getSpanContext().isValid()).as("left under way").isFalse();
        assertThat(MDC.get("trace_id")).isNull();
    }

    @Test
    void aRecordsHeaderNamesTheSpanThatItsReaderContinues() {
        Headers headers = new RecordHeaders();
        String begun;
        try (ActiveSpan _ = tracing.begin("publish", SpanKind.PRODUCER, Context.root())) {
            TraceParent.header().ifPresent(headers::add);
            begun = MDC.get("span_id");
        }
        try (Scope _ = tracing.follow(headers, NOW.toEpochMilli());
                ActiveSpan span = tracing.beginPart("parse", SpanKind.CONSUMER)) {
            assertThat(span.isRecorded()).isTrue();
        }

        assertThat(ended.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("publish", "parse");
        SpanData publish = ended.getFinishedSpanItems().getFirst();
        SpanData parse = ended.getFinishedSpanItems().getLast();
        assertThat(publish.getSpanId()).isEqualTo(begun);
        assertThat(parse.getParentSpanId()).isEqualTo(begun);
        assertThat(parse.getTraceId()).isEqualTo(publish.getTraceId());
    }

    @Test
    void whatIsLoggedCarriesTheInnermostSpanAndThenTheOneAround() {
        try (ActiveSpan outer = tracing.begin("outer", SpanKind.SERVER, Context.root())) {
            String outerId = MDC.get("span_id");
            try (ActiveSpan inner = tracing.beginPart("inner", SpanKind.CLIENT)) {
                assertThat(MDC.get("span_id")).isNotEqualTo(outerId);
                inner.fail("no answer");
            }
            assertThat(MDC.get("span_id")).isEqualTo(outerId);
            outer.rename("better");
        }
        assertThat(MDC.get("span_id")).isNull();
        assertThat(ended.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("inner", "better");
        assertThat(ended.getFinishedSpanItems().getFirst().getStatus())
                .isEqualTo(StatusData.create(StatusCode.ERROR, "no answer"));
    }

    @Test
    void aTraceThatIsNotRecordedLeavesNothingAndIsNotPassedOn() {
        try (SdkTracerProvider none = provider(Sampler.alwaysOff());
                ActiveSpan span =
                        tracing(none).begin("publish", SpanKind.PRODUCER, Context.root())) {
            assertThat(span.isRecorded()).isFalse();
            assertThat(TraceParent.header()).isEmpty();
            assertThat(MDC.get("trace_id")).isNull();
            assertThat(tracing(none).beginPart("part", SpanKind.INTERNAL))
                    .isSameAs(ActiveSpan.NONE);
        }
        try (ActiveSpan span =
                tracing.begin("GET", SpanKind.SERVER, TraceParent.read(NOT_RECORDED))) {
            assertThat(span.isRecorded()).isFalse();
        }
        assertThat(ended.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void whoeverBeganATraceHasDecidedThatItIsRecorded() {
        try (SdkTracerProvider none = provider(Sampler.alwaysOff())) {
            try (ActiveSpan _ =
                    tracing(none).begin("GET", SpanKind.SERVER, TraceParent.read(RECORDED))) {
                assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
                assertThat(TraceParent.current()).startsWith("00-" + TRACE + "-").endsWith("-01");
            }
            // Closing the provider empties what has ended.
            assertThat(ended.getFinishedSpanItems()).hasSize(1);
        }
    }

    @Test
    void aRecordOfLongAgoIsNotFollowed() {
        long oldest = NOW.minus(Tracing.MAX_AGE).toEpochMilli();
        assertThat(isFollowed(RECORDED, oldest)).isTrue();
        assertThat(isFollowed(RECORDED, oldest - 1)).isFalse();
    }

    @Test
    void whatIsNoTraceParentIsNotFollowed() {
        long now = NOW.toEpochMilli();
        assertThat(isFollowed("", now)).isFalse();
        assertThat(isFollowed("00-" + TRACE, now)).isFalse();
        assertThat(isFollowed(RECORDED.replace('0', 'x'), now)).isFalse();
        assertThat(isFollowed("x".repeat(10_000), now)).isFalse();
        try (Scope _ = tracing.follow(headers(null), now)) {
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
        }
    }

    @Test
    void whereTracingIsOffThereIsNothing() {
        try (ActiveSpan span =
                        Tracing.OFF.begin("GET", SpanKind.SERVER, TraceParent.read(RECORDED));
                Scope _ = Tracing.OFF.follow(headers(RECORDED), NOW.toEpochMilli())) {
            assertThat(span).isSameAs(ActiveSpan.NONE);
            assertThat(TraceParent.header()).isEmpty();
            assertThat(Tracing.OFF.startPart("part", SpanKind.CLIENT)).isNull();
        }
    }

    private boolean isFollowed(String text, long timestampMillis) {
        try (Scope _ = tracing.follow(headers(text), timestampMillis)) {
            return TraceParent.current() != null;
        }
    }

    private static Headers headers(@Nullable String text) {
        byte[] value = text == null ? null : text.getBytes(StandardCharsets.US_ASCII);
        Header header = new RecordHeader(TraceParent.NAME, value);
        return new RecordHeaders(new Header[] {header});
    }
}
