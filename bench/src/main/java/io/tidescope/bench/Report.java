package io.tidescope.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Where a benchmark says what it measured: the terminal, and {@code target/benchmarks.md}. */
public final class Report {
    private static final Path FILE = Path.of("target", "benchmarks.md");

    private final String benchmark;

    public Report(String benchmark) {
        this.benchmark = benchmark;
    }

    /** One line: a figure and what it is. */
    public void line(String format, Object... values) {
        String line = benchmark + ": " + String.format(Locale.ROOT, format, values);
        System.out.println(line);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE, "- " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
