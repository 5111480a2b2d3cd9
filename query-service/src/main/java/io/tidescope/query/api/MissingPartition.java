package io.tidescope.query.api;

import java.util.List;
import java.util.Map;

/** A partition whose part of the answer is missing, and why. */
record MissingPartition(int partition, String reason) {
    static List<MissingPartition> listOf(Map<Integer, String> missing) {
        return missing.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new MissingPartition(entry.getKey(), entry.getValue()))
                .toList();
    }
}
