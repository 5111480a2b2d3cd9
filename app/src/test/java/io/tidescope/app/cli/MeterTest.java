package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

final class MeterTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aTerminalShowsOneBarThatEndsFull() {
        try (Meter meter = meter(true)) {
            meter.show(3, 10);
            meter.show(10, 10);
        }

        String last = text().strip().replaceAll("(?s).*\r", "");
        assertThat(last).startsWith("Indexing 100% [").contains("10/10 files");
        // Drawn again as often as there is time for, always over the same line.
        assertThat(text().strip()).doesNotContain("\n");
    }

    @Test
    void elsewhereThereAreLinesAndTheLastOneIsTheEnd() {
        try (Meter meter = meter(false)) {
            meter.show(3, 1_000);
            meter.show(4, 1_000);
            meter.show(1_000, 1_000);
            meter.show(1_000, 1_000);
        }

        assertThat(text().lines())
                .containsExactly("Indexing: 3 of 1,000 files", "Indexing: 1,000 of 1,000 files");
    }

    @Test
    void whatIsDoneAndWhatIsCountedCanBeSomethingElse() {
        Terminal lines =
                new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
        try (Meter meter = Meter.on(lines, "Copying", "records")) {
            meter.show(7, 7);
        }

        assertThat(text().strip()).isEqualTo("Copying: 7 of 7 records");
    }

    @Test
    void withNothingToIndexThereIsNothingToSee() {
        meter(true).close();
        meter(false).close();

        assertThat(text()).isEmpty();
    }

    private Meter meter(boolean interactive) {
        return Meter.on(
                new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), interactive));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
