package io.tidescope.recovery.backup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.archive.Manifest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What an archiver tells about its backups. */
final class ArchiverMetrics {
    private final MeterRegistry meters;
    private final Counter bytes;
    private final Counter failures;
    private final AtomicLong behind = new AtomicLong();

    ArchiverMetrics(
            ArchiverNode archiver, DrillWatch drills, InstantSource clock, MeterRegistry meters) {
        this.meters = meters;
        // So that both are there from the beginning.
        Arrays.stream(Manifest.Kind.values()).forEach(this::duration);
        bytes =
                Counter.builder("tide_scope_ast_backup_bytes")
                        .description("Bytes of segments that backups were made of")
                        .baseUnit("bytes")
                        .register(meters);
        failures =
                Counter.builder("tide_scope_ast_backup_failures")
                        .description("Attempts to make a backup that failed")
                        .register(meters);
        Gauge.builder("tide_scope_ast_backup_active", () -> archiver.isActive() ? 1 : 0)
                .description("Whether this archiver is the one at work")
                .register(meters);
        Gauge.builder(
                        "tide_scope_ast_backup_age",
                        () ->
                                archiver.isActive()
                                        ? archiver.newest()
                                                .map(
                                                        each ->
                                                                seconds(
                                                                        Duration.between(
                                                                                each.begunAt(),
                                                                                clock.instant())))
                                                .orElse(Double.NaN)
                                        : Double.NaN)
                .description("How long ago what the newest backup holds was looked at")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(
                        "tide_scope_ast_backup_drill_age",
                        () ->
                                archiver.isActive()
                                        ? drills.since()
                                                .map(
                                                        since ->
                                                                seconds(
                                                                        Duration.between(
                                                                                since,
                                                                                clock.instant())))
                                                .orElse(Double.NaN)
                                        : Double.NaN)
                .description("How long ago the newest drill that passed began, or else the backups")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(
                        "tide_scope_ast_backup_drill_recovery",
                        () ->
                                archiver.isActive()
                                        ? drills.passed()
                                                .map(DrillOutcome::recoveryMillis)
                                                .map(Duration::ofMillis)
                                                .map(ArchiverMetrics::seconds)
                                                .orElse(Double.NaN)
                                        : Double.NaN)
                .description("How long the newest drill that passed took to restore and verify")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("tide_scope_ast_backup_lag_records", behind::doubleValue)
                .description("Offsets that had come when the archiver looked last")
                .register(meters);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private Timer duration(Manifest.Kind kind) {
        return Timer.builder("tide_scope_ast_backup_duration")
                .description("How long a backup took to be made")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    void made(Manifest manifest, Duration took) {
        duration(manifest.kind()).record(took);
        bytes.increment(manifest.size());
    }

    void countFailure() {
        failures.increment();
    }

    void followed(long offsets) {
        behind.set(offsets);
    }
}
