package io.tidescope.query.api;

import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternReader;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The patterns that were asked for last, ready to be searched for: reading one takes as long as
 * looking up a rare name. Safe for concurrent use.
 */
final class RecentPatterns {
    private static final int MOST = 256;

    /** Longer ones are read anew each time. */
    private static final int MAX_LENGTH = 1_000;

    private final PatternReader reader;
    private final Map<String, Ready> recent =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Ready> eldest) {
                    return size() > MOST;
                }
            };

    RecentPatterns(PatternReader reader) {
        this.reader = reader;
    }

    /** A pattern that was read. */
    record Ready(Pattern pattern, Search search) {}

    /**
     * Reads a pattern, unless it was read a short while ago.
     *
     * @throws PatternException when it is none
     */
    Ready read(String text) throws PatternException {
        Ready known = find(text);
        if (known == null) {
            Pattern pattern = reader.read(text);
            known = new Ready(pattern, Search.of(new Rule.Matches(pattern)));
            keep(text, known);
        }
        return known;
    }

    private synchronized @Nullable Ready find(String text) {
        return recent.get(text);
    }

    private synchronized void keep(String text, Ready ready) {
        if (text.length() <= MAX_LENGTH) {
            recent.put(text, ready);
        }
    }
}
