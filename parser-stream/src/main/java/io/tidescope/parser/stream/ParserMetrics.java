package io.tidescope.parser.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;

import java.time.Duration;

/** What a parser node counts. A batch whose transaction failed is processed, and counted, again. */
final class ParserMetrics {
    private static final double NANOS = 1e9;

    /** Upper ends of what durations are counted in; no file gets longer than two minutes. */
    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30
    };

    private static final int SMALL_BYTES = 4 << 10;
    private static final int MEDIUM_BYTES = 64 << 10;

    private final MeterRegistry registry;
    private final Meter.MeterProvider<DistributionSummary> duration;
    private final Meter.MeterProvider<Counter> files;
    private final Meter.MeterProvider<Counter> errors;

    ParserMetrics(MeterRegistry registry) {
        this.registry = registry;
        duration =
                DistributionSummary.builder("tide_scope_ast_parse_duration")
                        .description("Seconds that files took to parse, failed or not")
                        .serviceLevelObjectives(SECONDS)
                        .withRegistry(registry);
        files =
                Counter.builder("tide_scope_ast_parser_files")
                        .description(
                                "Changed files that came to the parser, by what became of them")
                        .withRegistry(registry);
        errors =
                Counter.builder("tide_scope_ast_errors")
                        .description("What went wrong, by type and severity")
                        .withRegistry(registry);
    }

    void count(String path, int bytes, ParseResult result, Duration took) {
        duration.withTags("file_type", fileType(path), "size_category", sizeCategory(bytes))
                .record(took.toNanos() / NANOS);
        switch (result) {
            case Parsed file -> count(file.problems().isEmpty() ? "parsed" : "with_problems");
            case Unparseable file -> countUnparseable(file.code());
        }
    }

    /** Java has three sorts of files. */
    private static String fileType(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "module-info.java" -> "module";
            case "package-info.java" -> "package";
            default -> "types";
        };
    }

    private static String sizeCategory(int bytes) {
        if (bytes <= SMALL_BYTES) {
            return "small";
        }
        return bytes <= MEDIUM_BYTES ? "medium" : "large";
    }

    /** A file that is not parsed; it is somebody's file, and no defect. */
    void countUnparseable(String code) {
        count("unparseable");
        errors.withTags("error_type", code, "severity", "info").increment();
    }

    /** A change of a file that is not Java. */
    void countSkipped() {
        count("skipped");
    }

    /** A change that became a document before, and comes again. */
    void countRepeated() {
        count("repeated");
    }

    private void count(String outcome) {
        files.withTag("outcome", outcome).increment();
    }

    void watch(ParseWorkers workers) {
        Gauge.builder("tide_scope_ast_parser_abandoned", workers, ParseWorkers::abandoned)
                .description("Parses that are behind their deadline and still run")
                .register(registry);
    }
}
