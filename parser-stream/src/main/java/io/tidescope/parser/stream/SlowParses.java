package io.tidescope.parser.stream;

import io.tidescope.parser.parse.ParseResult;

import org.jspecify.annotations.Nullable;

import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of the contents that lately took long to parse, by git blob id. A batch whose
 * transaction failed, which may be for the time it took, is processed again and must not take as
 * long again, or the stream would never get past it. Safe for concurrent use.
 */
final class SlowParses {
    private static final int CAPACITY = 1024;
    private static final SoftReference<ParseResult> TIMED_OUT = new SoftReference<>(null);

    private final Duration slow;

    /** Softly: large files are slow, and memory is worth more than the time of a repetition. */
    private final Map<String, SoftReference<ParseResult>> results =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<String, SoftReference<ParseResult>> eldest) {
                    return size() > CAPACITY;
                }
            };

    /**
     * @param slow how long a parse takes whose result is worth to be kept
     */
    SlowParses(Duration slow) {
        this.slow = slow;
    }

    /** Keeps a result if it took long to come by. */
    synchronized void add(String blob, ParseResult result, Duration took) {
        if (took.compareTo(slow) >= 0) {
            results.put(blob, new SoftReference<>(result));
        }
    }

    /** Notes that there was no result before the deadline. */
    synchronized void addTimeout(String blob) {
        results.put(blob, TIMED_OUT);
    }

    synchronized boolean hasTimedOut(String blob) {
        return results.get(blob) == TIMED_OUT;
    }

    /** The result of a content that took long; null when it is not known. */
    synchronized @Nullable ParseResult find(String blob) {
        SoftReference<ParseResult> result = results.get(blob);
        return result == null ? null : result.get();
    }
}
