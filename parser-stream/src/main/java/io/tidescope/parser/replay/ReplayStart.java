package io.tidescope.parser.replay;

import io.tidescope.schemas.TideScopeException;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a replay begins, as whoever wants one says it. */
public sealed interface ReplayStart {
    /** What the text of a start is called where it is wrong. */
    String PARAMETER = "from";

    /** With all that the log has. */
    record Beginning() implements ReplayStart {}

    /** With the first change of each partition that was not published before. */
    record Time(Instant at) implements ReplayStart {}

    /** With the same offset in each partition. */
    record Offset(long offset) implements ReplayStart {}

    /** With an offset in some partitions; of the others nothing is parsed again. */
    record Offsets(SortedMap<Integer, Long> byPartition) implements ReplayStart {}

    /**
     * Reads {@code beginning}, a time such as {@code 2026-11-27T12:00:00Z}, {@code offset:12} or
     * {@code offset:0=12,3=40}.
     *
     * @param now times after it are refused
     * @throws TideScopeException INVALID_ARGUMENT about {@value #PARAMETER} for anything else
     */
    static ReplayStart parse(String text, Instant now) {
        if (text.equals("beginning")) {
            return new Beginning();
        }
        return text.startsWith(Written.OFFSET) ? Written.offset(text) : Written.time(text, now);
    }

    /** The forms of a start. */
    final class Written {
        private static final String OFFSET = "offset:";
        private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
        private static final Pattern OF_PARTITION = Pattern.compile("(\\d{1,6})=(\\d{1,18})");

        private Written() {}

        private static ReplayStart offset(String text) {
            String offsets = text.substring(OFFSET.length());
            if (NUMBER.matcher(offsets).matches()) {
                return new Offset(Long.parseLong(offsets));
            }
            SortedMap<Integer, Long> byPartition = new TreeMap<>();
            for (String each : offsets.split(",", -1)) {
                Matcher matcher = OF_PARTITION.matcher(each);
                if (!matcher.matches()) {
                    throw refusal(text);
                }
                Integer partition = Integer.valueOf(matcher.group(1));
                if (byPartition.put(partition, Long.valueOf(matcher.group(2))) != null) {
                    throw TideScopeException.invalid(
                            PARAMETER, "'%s' names partition %d twice.".formatted(text, partition));
                }
            }
            return new Offsets(byPartition);
        }

        private static ReplayStart time(String text, Instant now) {
            Instant at;
            try {
                at = Instant.parse(text);
            } catch (DateTimeException e) {
                throw refusal(text);
            }
            if (at.isAfter(now)) {
                throw TideScopeException.invalid(
                        PARAMETER, "%s is in the future; it is %s now.".formatted(text, now));
            }
            return new Time(at);
        }

        private static TideScopeException refusal(String text) {
            return TideScopeException.invalid(
                    PARAMETER,
                    "A replay begins from 'beginning', a time such as 2026-11-27T12:00:00Z, or offsets of the log such as offset:12 or offset:0=12,3=40, not from '%s'."
                            .formatted(text));
        }
    }
}
