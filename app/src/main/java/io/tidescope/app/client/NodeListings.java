package io.tidescope.app.client;

import static io.tidescope.app.client.Cells.UNKNOWN;
import static io.tidescope.app.client.Cells.count;
import static io.tidescope.app.client.Cells.grouped;
import static io.tidescope.app.client.Cells.oneLine;
import static io.tidescope.app.client.Cells.table;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Answers about the nodes of the store as lines for a terminal. */
public final class NodeListings {
    private static final String HERE = "(this gateway)";

    private NodeListings() {}

    /** The caches, then the nodes that told nothing. */
    public static List<String> cacheStats(JsonNode answer) {
        List<String> lines =
                new ArrayList<>(
                        table(
                                answer.path("items"),
                                List.of(
                                        "NODE",
                                        "LEVEL",
                                        "HITS",
                                        "MISSES",
                                        "HIT RATE",
                                        "ENTRIES",
                                        "BYTES",
                                        "MAX BYTES"),
                                level ->
                                        List.of(
                                                oneLine(level.path("node").asText(HERE)),
                                                level.path("level").asText(),
                                                count(level, "hits"),
                                                count(level, "misses"),
                                                rate(
                                                        level.path("hits").asLong(),
                                                        level.path("misses").asLong()),
                                                count(level, "entries"),
                                                count(level, "bytes"),
                                                count(level, "maxBytes"))));
        lines.addAll(silent(answer));
        return lines;
    }

    /** The nodes, then what is being restored, then the nodes that told nothing. */
    public static List<String> nodes(JsonNode answer) {
        List<String> lines =
                new ArrayList<>(
                        table(
                                answer.path("items"),
                                List.of(
                                        "NODE",
                                        "ADDRESS",
                                        "STATE",
                                        "ACTIVE",
                                        "STANDBY",
                                        "RESTORING",
                                        "ARRIVALS",
                                        "P50 S",
                                        "P99 S",
                                        "WORST S",
                                        "WRITE BUFFERS"),
                                NodeListings::node));
        List<List<String>> restores = restores(answer);
        if (!restores.isEmpty()) {
            lines.add("");
            restores.addFirst(List.of("NODE", "RESTORING", "POSITION", "END", "SECONDS"));
            lines.addAll(Columns.of(restores));
        }
        lines.addAll(silent(answer));
        return lines;
    }

    private static List<String> node(JsonNode node) {
        JsonNode freshness = node.path("freshness");
        return List.of(
                oneLine(node.path("node").asText(UNKNOWN)),
                oneLine(node.path("address").asText()),
                node.path("state").asText(),
                partitions(node, "active"),
                partitions(node, "standby"),
                partitions(node, "restoring"),
                count(freshness, "count"),
                seconds(freshness, "p50Seconds"),
                seconds(freshness, "p99Seconds"),
                seconds(freshness, "worstSeconds"),
                count(node, "writeBufferBytes"));
    }

    private static String partitions(JsonNode node, String state) {
        long held = 0;
        for (JsonNode partition : node.path("partitions")) {
            held += partition.path("state").asText().equals(state) ? 1 : 0;
        }
        return grouped(held);
    }

    private static List<List<String>> restores(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode node : answer.path("items")) {
            for (JsonNode partition : node.path("partitions")) {
                JsonNode restore = partition.path("restore");
                if (restore.isObject()) {
                    rows.add(
                            List.of(
                                    oneLine(node.path("node").asText(UNKNOWN)),
                                    partition.path("partition").asText(),
                                    count(partition, "position"),
                                    count(restore, "end"),
                                    seconds(restore, "seconds")));
                }
            }
        }
        return rows;
    }

    private static List<String> silent(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode node : answer.path("silent")) {
            if (lines.isEmpty()) {
                lines.add("");
            }
            lines.add(
                    "no answer of %s at %s: %s"
                            .formatted(
                                    oneLine(node.path("node").asText("a node")),
                                    oneLine(node.path("address").asText()),
                                    oneLine(node.path("reason").asText())));
        }
        return lines;
    }

    private static String rate(long hits, long misses) {
        return hits + misses == 0
                ? UNKNOWN
                : String.format(Locale.ROOT, "%.1f%%", 100.0 * hits / (hits + misses));
    }

    private static String seconds(JsonNode node, String field) {
        return node.path(field).isNumber()
                ? String.format(Locale.ROOT, "%,.1f", node.path(field).asDouble())
                : UNKNOWN;
    }
}
