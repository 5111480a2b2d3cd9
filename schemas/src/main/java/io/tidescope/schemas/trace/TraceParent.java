package io.tidescope.schemas.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The W3C's {@code traceparent}: a span's identity as a text of 55 characters, for those who go on
 * elsewhere with what it began. Only spans that are recorded are told of; {@code tracestate}, which
 * others may send along, is not passed on.
 */
public final class TraceParent {
    /** Its name, as a header of HTTP and of records. */
    public static final String NAME = "traceparent";

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<String> GETTER =
            new TextMapGetter<>() {
                @Override
                @SuppressWarnings("deprecation") // and yet it has to be there
                public Iterable<String> keys(String text) {
                    return List.of(NAME);
                }

                @Override
                public @Nullable String get(@Nullable String text, String key) {
                    return key.equals(NAME) ? text : null;
                }
            };

    private TraceParent() {}

    /** The text of the span that is under way on this thread; null when none is recorded. */
    public static @Nullable String current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() && span.isSampled() ? text() : null;
    }

    private static String text() {
        StringBuilder text = new StringBuilder();
        W3C.inject(
                Context.current(),
                text,
                (to, key, value) -> {
                    if (to != null && key.equals(NAME)) {
                        to.append(value);
                    }
                });
        return text.toString();
    }

    /** The same as a header of records. */
    public static Optional<Header> header() {
        return Optional.ofNullable(current())
                .map(text -> new RecordHeader(NAME, text.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * What a text names, to be continued; nothing when there is none or it is malformed.
     *
     * @param text by whoever sent it
     */
    public static Context read(@Nullable String text) {
        return text == null ? Context.root() : W3C.extract(Context.root(), text, GETTER);
    }

    /** The same of a record. */
    static Context read(Headers headers) {
        Header header = headers.lastHeader(NAME);
        return header == null || header.value() == null
                ? Context.root()
                : read(new String(header.value(), StandardCharsets.US_ASCII));
    }
}
