package io.tidescope.app.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tidescope.app.config.TracingConfiguration;
import io.tidescope.schemas.trace.Tracing;

import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Sends the spans of a process to a receiver of OTLP, or makes none; then nothing of the SDK is
 * loaded.
 *
 * <p>Spans wait in memory and go in batches. What does not fit there, or the receiver does not
 * take, is lost, and nothing else is held up. Closing sends what is left.
 */
public final class TraceExport implements AutoCloseable {
    private static final String PATH = "/v1/traces";

    /** Spans that wait; a few megabytes. */
    private static final int MAX_WAITING = 8192;

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** Paths may be as long as a request's line. */
    private static final int MAX_TEXT = 1024;

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");
    private static final AttributeKey<String> INSTANCE =
            AttributeKey.stringKey("service.instance.id");

    private final Tracing tracing;
    private final @Nullable SdkTracerProvider provider;

    private TraceExport(Tracing tracing, @Nullable SdkTracerProvider provider) {
        this.tracing = tracing;
        this.provider = provider;
    }

    /**
     * Starts to send, if there is where to.
     *
     * @param version of the build that runs
     */
    public static TraceExport start(TracingConfiguration configuration, String version) {
        URI endpoint = configuration.endpoint();
        return endpoint == null
                ? new TraceExport(Tracing.OFF, null)
                : Sdk.start(configuration, endpoint, version);
    }

    public Tracing tracing() {
        return tracing;
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Loaded where traces are on. */
    private static final class Sdk {
        /** Held, for nobody else does, and one that is collected forgets its handler. */
        private static final Logger LOG = Logger.getLogger("io.opentelemetry");

        static TraceExport start(TracingConfiguration configuration, URI endpoint, String version) {
            // It says by java.util.logging that it cannot send.
            LOG.setUseParentHandlers(false);
            LOG.addHandler(new SLF4JBridgeHandler());
            OtlpHttpSpanExporter exporter =
                    OtlpHttpSpanExporter.builder()
                            .setEndpoint(endpoint.toString().replaceAll("/+$", "") + PATH)
                            .setCompression("gzip")
                            .setTimeout(SEND_LIMIT)
                            .build();
            SdkTracerProvider provider =
                    SdkTracerProvider.builder()
                            .setResource(resource(configuration, version))
                            .setSampler(
                                    Sampler.parentBased(
                                            Sampler.traceIdRatioBased(configuration.sample())))
                            .setSpanLimits(
                                    SpanLimits.builder()
                                            .setMaxAttributeValueLength(MAX_TEXT)
                                            .build())
                            .addSpanProcessor(
                                    BatchSpanProcessor.builder(exporter)
                                            .setMaxQueueSize(MAX_WAITING)
                                            .setScheduleDelay(INTERVAL)
                                            .build())
                            .build();
            OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
            return new TraceExport(Tracing.with(sdk, InstantSource.system()), provider);
        }

        private static Resource resource(TracingConfiguration configuration, String version) {
            AttributesBuilder attributes =
                    Attributes.builder()
                            .put(SERVICE, configuration.service())
                            .put(VERSION, version);
            if (configuration.instance() != null) {
                attributes.put(INSTANCE, configuration.instance());
            }
            return Resource.getDefault().merge(Resource.create(attributes.build()));
        }

        private Sdk() {}
    }
}
