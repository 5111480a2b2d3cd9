package io.tidescope.schemas.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Makes spans, or none at all where tracing is off. Which span is under way is known by thread, as
 * everywhere in OpenTelemetry. Safe for concurrent use.
 */
public final class Tracing {
    /** Makes no spans and passes none on. */
    public static final Tracing OFF = new Tracing(null, InstantSource.system());

    /**
     * Older records are read again, as after a change of offsets, or come late to what nobody waits
     * for any more: their trace ended long ago.
     */
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    private static final String LIBRARY = "io.tidescope";

    private final @Nullable Tracer tracer;
    private final InstantSource clock;

    private Tracing(@Nullable Tracer tracer, InstantSource clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    /**
     * @param clock tells how old records are
     */
    public static Tracing with(OpenTelemetry telemetry, InstantSource clock) {
        return new Tracing(telemetry.getTracer(LIBRARY), clock);
    }

    public boolean isOn() {
        return tracer != null;
    }

    /**
     * Begins a span, which is under way on this thread until it is closed there.
     *
     * @param name one of few: what it is about goes into attributes
     * @param parent what it is a part of; whether it is recorded is decided there, and by the
     *     sampler when there is none
     */
    public ActiveSpan begin(String name, SpanKind kind, Context parent) {
        return tracer == null ? ActiveSpan.NONE : ActiveSpan.of(start(tracer, name, kind, parent));
    }

    /** Begins a part of what is under way on this thread; no span when nothing recorded is. */
    public ActiveSpan beginPart(String name, SpanKind kind) {
        return tracer == null || !isRecorded(Span.current())
                ? ActiveSpan.NONE
                : ActiveSpan.of(start(tracer, name, kind, Context.current()));
    }

    /**
     * Starts a span that ends on another thread than this, where it is not under way.
     *
     * @return null when nothing recorded is under way here
     */
    public @Nullable Span startPart(String name, SpanKind kind) {
        return tracer == null || !isRecorded(Span.current())
                ? null
                : start(tracer, name, kind, Context.current());
    }

    private static Span start(Tracer tracer, String name, SpanKind kind, Context parent) {
        return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
    }

    /**
     * Takes up the trace that a record is part of, on this thread until it is closed; none when the
     * record has none, or is {@link #MAX_AGE older} than what is still followed.
     *
     * @param timestampMillis the record's
     */
    @SuppressWarnings("MustBeClosedChecker") // by the caller
    public Scope follow(Headers headers, long timestampMillis) {
        if (tracer == null || clock.millis() - timestampMillis > MAX_AGE.toMillis()) {
            return Scope.noop();
        }
        Context context = TraceParent.read(headers);
        return isRecorded(Span.fromContext(context)) ? context.makeCurrent() : Scope.noop();
    }

    private static boolean isRecorded(Span span) {
        SpanContext context = span.getSpanContext();
        return context.isValid() && context.isSampled();
    }
}
