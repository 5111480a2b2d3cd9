package io.tidescope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.testing.RecordedSpans;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

import java.util.List;

class PublishTraceTest {
    @Test
    void without_a_trace_no_record_has_a_header() {
        PublishTrace trace = PublishTrace.current();
        assertThat(trace.ofChange()).isNull();
        assertThat(trace.ofMarker()).isNull();
    }

    @Test
    void the_first_changes_of_a_publish_and_all_its_markers_name_its_span() {
        try (RecordedSpans spans = new RecordedSpans();
                ActiveSpan _ =
                        spans.tracing().begin("publish", SpanKind.PRODUCER, Context.root())) {
            PublishTrace trace = PublishTrace.current();
            List<Header> first = trace.ofChange();
            assertThat(first).extracting(Header::key).containsExactly("traceparent");
            for (int change = 1; change < PublishTrace.MAX_CHANGES; change++) {
                assertThat(trace.ofChange()).isEqualTo(first);
            }
            assertThat(trace.ofChange()).isNull();
            assertThat(trace.ofMarker()).isEqualTo(first);
        }
    }
}
