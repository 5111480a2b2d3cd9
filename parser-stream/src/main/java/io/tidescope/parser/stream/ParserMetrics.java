package io.tidescope.parser.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;

import java.time.Duration;

/** What a parser node counts. A batch whose transaction failed is processed, and counted, again. */
final class ParserMetrics {
    private final MeterRegistry registry;
    private final Timer duration;
    private final Counter parsed;
    private final Counter problems;
    private final Counter skipped;
    private final Counter repeated;

    ParserMetrics(MeterRegistry registry) {
        this.registry = registry;
        duration =
                Timer.builder("tidescope.parser.duration")
                        .description("how long files took to parse, failed or not")
                        .register(registry);
        parsed = registry.counter("tidescope.parser.parsed");
        problems = registry.counter("tidescope.parser.parsed.with.problems");
        skipped = registry.counter("tidescope.parser.skipped");
        repeated = registry.counter("tidescope.parser.repeated");
    }

    void count(ParseResult result, Duration took) {
        duration.record(took);
        switch (result) {
            case Parsed file -> (file.problems().isEmpty() ? parsed : problems).increment();
            case Unparseable file -> countUnparseable(file.code());
        }
    }

    /** A file that is not parsed. */
    void countUnparseable(String code) {
        registry.counter("tidescope.parser.unparseable", "code", code).increment();
    }

    /** A change of a file that is not Java. */
    void countSkipped() {
        skipped.increment();
    }

    /** A change that became a document before, and comes again. */
    void countRepeated() {
        repeated.increment();
    }

    void watch(ParseWorkers workers) {
        registry.gauge("tidescope.parser.abandoned", workers, ParseWorkers::abandoned);
    }
}
