package io.tidescope.ingest;

import io.tidescope.schemas.trace.TraceParent;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The trace that a publish is part of, as a header of its records: of all markers, and of so many
 * changes as a trace stays readable with. Without a trace, records have no header.
 */
final class PublishTrace {
    /** A first import may have a million files, and nobody looks at as many spans. */
    static final int MAX_CHANGES = 1000;

    private final List<Header> headers;
    private int changes;

    private PublishTrace(List<Header> headers) {
        this.headers = headers;
    }

    /** Of the span that is under way on this thread. */
    static PublishTrace current() {
        return new PublishTrace(TraceParent.header().map(List::of).orElse(List.of()));
    }

    /** Headers of the next change; null for none. */
    @Nullable List<Header> ofChange() {
        return changes++ < MAX_CHANGES ? ofMarker() : null;
    }

    /** Headers of the marker; null for none. */
    @Nullable List<Header> ofMarker() {
        return headers.isEmpty() ? null : headers;
    }
}
