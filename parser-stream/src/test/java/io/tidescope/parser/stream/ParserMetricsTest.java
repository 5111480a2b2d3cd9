package io.tidescope.parser.stream;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.parser.parse.JavaSourceParser;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ParserMetricsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ParserMetrics metrics = new ParserMetrics(meters);

    @Test
    void filesAreCountedByWhatBecameOfThem() {
        count("A.java", "class A {}");
        count("B.java", "class B {}");
        count("Broken.java", "class Broken { void m( { } int ok; }");
        metrics.countUnparseable("timeout");
        metrics.countSkipped();
        metrics.countRepeated();

        assertThat(files("parsed")).isEqualTo(2);
        assertThat(files("with_problems")).isEqualTo(1);
        assertThat(files("unparseable")).isEqualTo(1);
        assertThat(files("skipped")).isEqualTo(1);
        assertThat(files("repeated")).isEqualTo(1);
        assertThat(
                        meters.get("tide_scope_ast_errors")
                                .tags("error_type", "timeout", "severity", "info")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void parsesAreTimedInSecondsByTypeAndSizeOfTheFile() {
        count("a/A.java", "class A {}");
        count("a/B.java", "class B {} // " + "x".repeat(5_000));
        count("a/C.java", "class C {} // " + "x".repeat(70_000));
        count("a/package-info.java", "package a;");
        count("module-info.java", "module a {}");
        count("a/not-module-info.java", "class D {}");

        assertThat(timed("types", "small").count()).isEqualTo(2);
        assertThat(timed("types", "medium").count()).isEqualTo(1);
        assertThat(timed("types", "large").count()).isEqualTo(1);
        assertThat(timed("package", "small").count()).isEqualTo(1);
        assertThat(timed("module", "small").totalAmount()).isEqualTo(0.25);
    }

    @Test
    void everyMeterSaysWhatItIs() {
        count("A.java", "class A {}");
        metrics.countUnparseable("timeout");

        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .filteredOn(id -> id.syntheticAssociation() == null)
                .allSatisfy(id -> assertThat(id.getName()).startsWith("tide_scope_ast_"))
                .allSatisfy(id -> assertThat(id.getDescription()).as(id.getName()).isNotBlank());
    }

    private void count(String path, String source) {
        byte[] bytes = source.getBytes(UTF_8);
        metrics.count(
                path, bytes.length, new JavaSourceParser().parse(bytes), Duration.ofMillis(250));
    }

    private double files(String outcome) {
        Counter counter =
                meters.get("tide_scope_ast_parser_files").tag("outcome", outcome).counter();
        return counter.count();
    }

    private DistributionSummary timed(String fileType, String sizeCategory) {
        return meters.get("tide_scope_ast_parse_duration")
                .tags("file_type", fileType, "size_category", sizeCategory)
                .summary();
    }
}
