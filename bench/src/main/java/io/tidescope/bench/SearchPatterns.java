package io.tidescope.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The patterns of {@code search-patterns.txt}. */
public final class SearchPatterns {
    private static final String RESOURCE = "search-patterns.txt";

    private SearchPatterns() {}

    /** What of a pattern an index can look up. */
    public enum Group {
        RARE_IDENTIFIERS,
        COMMON_IDENTIFIERS,
        NOTHING_TO_LOOK_UP
    }

    /** A pattern as users of both write it. */
    public record SearchPattern(Group group, String text) {}

    public static List<SearchPattern> read() {
        List<SearchPattern> patterns = new ArrayList<>();
        Group group = Group.RARE_IDENTIFIERS;
        for (String line : (Iterable<String>) resource().lines()::iterator) {
            if (line.startsWith("[")) {
                String name = line.substring(1, line.length() - 1);
                group = Group.valueOf(name.replace(' ', '_').toUpperCase(Locale.ROOT));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                patterns.add(new SearchPattern(group, line));
            }
        }
        return List.copyOf(patterns);
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
