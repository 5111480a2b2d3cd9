package io.tidescope.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The patterns of {@code search-patterns.txt}. */
public final class SearchPatterns {
    private static final String RESOURCE = "search-patterns.txt";
    private static final String ONLY = System.getProperty("bench.search.pattern", "");

    private SearchPatterns() {}

    /** As users of both write them; with {@code -Dbench.search.pattern=} those that contain it. */
    public static List<String> read() {
        return resource().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    private static String resource() {
        try (InputStream in = SearchPatterns.class.getResourceAsStream(RESOURCE)) {
            byte[] bytes = Objects.requireNonNull(in, RESOURCE).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
