package io.tidescope.testing.fault;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an answer says about {@link Marks}.
 *
 * @param missing partitions it says are missing
 * @param stale partitions that it says a standby answered for
 * @param versions of each file that is in it, all versions that are in it
 */
public record MarkedAnswer(
        boolean complete,
        Set<Integer> missing,
        Set<Integer> stale,
        Map<Integer, Set<Long>> versions) {
    /** From the JSON of a page of symbols. */
    public static MarkedAnswer of(JsonNode answer) {
        Map<Integer, Set<Long>> versions = new HashMap<>();
        for (JsonNode item : answer.path("items")) {
            Marks.Mark mark = Marks.Mark.of(item.path("name").asText());
            versions.computeIfAbsent(mark.file(), unused -> new TreeSet<>()).add(mark.version());
        }
        return new MarkedAnswer(
                answer.path("complete").asBoolean(),
                partitions(answer.path("missing")),
                partitions(answer.path("stale")),
                versions);
    }

    private static Set<Integer> partitions(JsonNode list) {
        Set<Integer> partitions = new HashSet<>();
        for (JsonNode item : list) {
            partitions.add(item.path("partition").asInt());
        }
        return partitions;
    }
}
