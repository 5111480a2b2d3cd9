package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/**
 * Whether and where traces are sent.
 *
 * @param service what spans say that they are of
 * @param instance which of those that do the same; null when there is no name for it
 * @param endpoint base address of a receiver of OTLP over HTTP; null for no traces
 * @param sample the fraction of traces that is recorded, of those that begin here
 */
public record TracingConfiguration(
        String service, @Nullable String instance, @Nullable URI endpoint, double sample) {
    /** No traces. */
    public static final TracingConfiguration OFF = new TracingConfiguration("", null, null, 0);
}
