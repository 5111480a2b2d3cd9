package io.tidescope.app.role;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.TracingConfiguration;
import io.tidescope.app.health.HealthBoard;
import io.tidescope.app.trace.TraceExport;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * A role with what every process of one has around it: health, metrics, and an order to stop in.
 *
 * <p>Started once and closed once; a close may come from another thread during the start, which
 * then fails with {@link java.util.concurrent.CancellationException}.
 */
public final class RoleProcess implements AutoCloseable {
    private final Parts parts = new Parts();
    private final Readiness readiness = new Readiness();
    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Address admin;
    private final TracingConfiguration tracing;
    private final RoleWork work;
    private volatile @Nullable Address served;

    /**
     * One that sends no traces.
     *
     * @param admin where health and metrics are served
     */
    public RoleProcess(Address admin, RoleWork work) {
        this(admin, TracingConfiguration.OFF, work);
    }

    /**
     * @param admin where health and metrics are served
     * @param tracing where traces go
     */
    public RoleProcess(Address admin, TracingConfiguration tracing, RoleWork work) {
        this.admin = admin;
        this.tracing = tracing;
        this.work = work;
    }

    /**
     * Starts it; health is served before anything else.
     *
     * @param failed called when something ended that nothing here can start again
     * @throws io.tidescope.schemas.TideScopeException when it cannot be started, with what to do
     */
    public void start(Consumer<RuntimeException> failed) throws Exception {
        watchJvm();
        HealthBoard health = parts.add("health", new HealthBoard());
        AdminServer serving =
                parts.add("admin", AdminServer.start(admin, readiness, health, meters, work));
        served = admin.withPort(serving.port());
        TraceExport traces = parts.add("traces", TraceExport.start(tracing, Build.version()));
        work.start(new Surroundings(parts, meters, traces.tracing(), readiness, health, failed));
        readiness.started();
    }

    private void watchJvm() {
        meters.config().meterFilter(new DescribedKafkaMetrics());
        new JvmMemoryMetrics().bindTo(meters);
        parts.add("GC metrics", bound(new JvmGcMetrics()));
        new JvmThreadMetrics().bindTo(meters);
        new ClassLoaderMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
    }

    private JvmGcMetrics bound(JvmGcMetrics metrics) {
        metrics.bindTo(meters);
        return metrics;
    }

    /** Where health and metrics are served, once started. */
    public Address admin() {
        return Objects.requireNonNull(served, "not started");
    }

    /** Stops everything in reverse. */
    @Override
    public void close() {
        parts.close();
        meters.close();
    }
}
