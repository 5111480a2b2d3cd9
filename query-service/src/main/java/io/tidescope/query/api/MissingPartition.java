package io.tidescope.query.api;

import java.util.List;
import java.util.Map;

/** A partition whose part of the answer is missing, and why, in one line. */
public record MissingPartition(int partition, String reason) {
    private static final int MAX_REASON = 200;

    /** By partition. */
    public static List<MissingPartition> listOf(Map<Integer, String> missing) {
        return missing.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new MissingPartition(entry.getKey(), firstLine(entry.getValue())))
                .toList();
    }

    /** A failure may bring its stack trace along, which is nobody's business outside. */
    private static String firstLine(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
    }
}
