package io.tidescope.testing;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tidescope.schemas.trace.Tracing;

import java.time.InstantSource;
import java.util.List;

/** A tracing whose spans a test can look at, each from when it has ended. */
public final class RecordedSpans implements AutoCloseable {
    private final InMemorySpanExporter ended = InMemorySpanExporter.create();
    private final SdkTracerProvider provider;
    private final Tracing tracing;

    /** Records all of them. */
    public RecordedSpans() {
        this(Sampler.alwaysOn(), InstantSource.system());
    }

    /**
     * @param sampler decides what is recorded of what begins a trace
     * @param clock tells how old records are
     */
    public RecordedSpans(Sampler sampler, InstantSource clock) {
        provider =
                SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(sampler))
                        .addSpanProcessor(SimpleSpanProcessor.create(ended))
                        .build();
        tracing =
                Tracing.with(OpenTelemetrySdk.builder().setTracerProvider(provider).build(), clock);
    }

    public Tracing tracing() {
        return tracing;
    }

    /** What has ended, in that order. */
    public List<SpanData> ended() {
        return ended.getFinishedSpanItems();
    }

    @Override
    public void close() {
        provider.close();
    }
}
