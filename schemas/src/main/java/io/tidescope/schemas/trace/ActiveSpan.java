package io.tidescope.schemas.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A span that is under way on a thread, from when it is begun until it is closed there; what is
 * logged meanwhile carries its {@code trace_id} and {@code span_id}, if it is recorded.
 */
public final class ActiveSpan implements AutoCloseable {
    static final ActiveSpan NONE = new ActiveSpan(Span.getInvalid(), Scope.noop());

    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";

    private final Span span;
    private final Scope scope;
    private final @Nullable String outerTrace;
    private final @Nullable String outerSpan;

    private ActiveSpan(Span span, Scope scope) {
        this.span = span;
        this.scope = scope;
        boolean recorded = span.isRecording();
        outerTrace = recorded ? MDC.get(TRACE_ID) : null;
        outerSpan = recorded ? MDC.get(SPAN_ID) : null;
        if (recorded) {
            SpanContext context = span.getSpanContext();
            MDC.put(TRACE_ID, context.getTraceId());
            MDC.put(SPAN_ID, context.getSpanId());
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed with the span
    static ActiveSpan of(Span span) {
        return new ActiveSpan(span, span.makeCurrent());
    }

    /** Whether what is said of it comes to anything. */
    public boolean isRecorded() {
        return span.isRecording();
    }

    /** Says something about it, while it is under way. */
    public <T> ActiveSpan set(AttributeKey<T> key, @Nullable T value) {
        span.setAttribute(key, value);
        return this;
    }

    /** Gives it a better name, found out meanwhile. */
    public void rename(String name) {
        span.updateName(name);
    }

    /** Says that it did not come to what it was begun for. */
    public void fail(String why) {
        span.setStatus(StatusCode.ERROR, why);
    }

    /** Ends it, and goes on with what was under way before. */
    @Override
    public void close() {
        if (span.isRecording()) {
            restore(TRACE_ID, outerTrace);
            restore(SPAN_ID, outerSpan);
        }
        scope.close();
        span.end();
    }

    private static void restore(String key, @Nullable String outer) {
        if (outer == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, outer);
        }
    }
}
