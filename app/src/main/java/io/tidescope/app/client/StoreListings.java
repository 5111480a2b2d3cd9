package io.tidescope.app.client;

import static io.tidescope.app.client.Cells.UNKNOWN;
import static io.tidescope.app.client.Cells.count;
import static io.tidescope.app.client.Cells.grouped;
import static io.tidescope.app.client.Cells.oneLine;
import static io.tidescope.app.client.Cells.table;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Answers about what is stored, and how, as lines for a terminal. */
public final class StoreListings {
    private StoreListings() {}

    /** The partitions, then the families, then the nodes. */
    public static List<String> stats(JsonNode answer) {
        List<String> lines = new ArrayList<>(partitions(answer.path("partitions")));
        lines.add("");
        lines.addAll(
                table(
                        answer.path("families"),
                        List.of("FAMILY", "KEYS", "TABLE BYTES", "BLOB BYTES"),
                        family ->
                                List.of(
                                        family.path("name").asText(),
                                        count(family, "keys"),
                                        count(family, "tableBytes"),
                                        count(family, "blobBytes"))));
        lines.add("");
        lines.addAll(
                table(
                        answer.path("nodes"),
                        List.of("NODE", "ACTIVE", "STANDBY", "RESTORING"),
                        node ->
                                List.of(
                                        node.path("node").asText(),
                                        numbers(node.path("active")),
                                        numbers(node.path("standby")),
                                        numbers(node.path("restoring")))));
        return lines;
    }

    public static List<String> largestFiles(JsonNode answer) {
        return table(
                answer.path("items"),
                List.of("BYTES", "LINES", "TREE BYTES", "REPOSITORY", "PATH"),
                file ->
                        List.of(
                                count(file, "bytes"),
                                count(file, "lines"),
                                count(file, "treeBytes"),
                                oneLine(file.path("repository").asText()),
                                oneLine(file.path("path").asText())));
    }

    /** Reads {@code repository path:line:column: code: message}. */
    public static List<String> troubled(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            int more = item.path("problems").asInt() - 1;
            lines.add(
                    "%s %s:%d:%d: %s: %s%s"
                            .formatted(
                                    oneLine(item.path("repository").asText()),
                                    oneLine(item.path("path").asText()),
                                    item.path("line").asInt(1),
                                    item.path("column").asInt(1),
                                    item.path("code").asText(),
                                    oneLine(item.path("message").asText()),
                                    more > 0 ? "  (and %,d more)".formatted(more) : ""));
        }
        return lines;
    }

    /** A partition and its families, or the fields of a document. */
    public static List<String> inspected(JsonNode answer) {
        return answer.has("families") ? partition(answer) : document(answer);
    }

    private static List<String> partition(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        List<JsonNode> one = List.of(answer.path("partition"));
        lines.addAll(partitions(one));
        lines.add("");
        lines.add("format version " + answer.path("formatVersion").asText());
        lines.add("");
        lines.addAll(
                table(
                        answer.path("families"),
                        List.of("FAMILY", "KEYS", "TABLE BYTES", "BLOB BYTES", "FILES BY LEVEL"),
                        family ->
                                List.of(
                                        family.path("name").asText(),
                                        count(family, "keys"),
                                        count(family, "tableBytes"),
                                        count(family, "blobBytes"),
                                        numbers(family.path("filesByLevel")))));
        return lines;
    }

    private static List<String> document(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        answer.properties()
                .forEach(field -> rows.add(List.of(field.getKey(), field.getValue().asText())));
        return rows.isEmpty() ? List.of() : Columns.of(rows);
    }

    private static List<String> partitions(Iterable<JsonNode> partitions) {
        return table(
                partitions,
                List.of(
                        "PARTITION",
                        "ACTIVE",
                        "POSITION",
                        "LAG",
                        "DOCUMENTS",
                        "LINES",
                        "SOURCE BYTES",
                        "DISK BYTES",
                        "TO COMPACT"),
                partition ->
                        List.of(
                                partition.path("partition").asText(),
                                partition.path("active").isNull()
                                        ? UNKNOWN
                                        : partition.path("active").asBoolean() ? "yes" : "no",
                                count(partition, "position"),
                                count(partition, "lagRecords"),
                                count(partition, "documents"),
                                count(partition, "lines"),
                                count(partition, "sourceBytes"),
                                grouped(
                                        partition.path("tableBytes").asLong()
                                                + partition.path("blobBytes").asLong()),
                                count(partition, "pendingCompactionBytes")));
    }

    /** The replicas, and those that did not say. */
    public static List<String> maintenance(JsonNode answer) {
        List<String> lines =
                new ArrayList<>(
                        table(
                                answer.path("items"),
                                List.of(
                                        "NODE",
                                        "PARTITION",
                                        "TASK",
                                        "PHASE",
                                        "DONE",
                                        "BYTES BEFORE",
                                        "BYTES AFTER",
                                        "FAILURE"),
                                replica ->
                                        List.of(
                                                replica.path("node").asText(),
                                                replica.path("partition").asText(),
                                                replica.path("task").asText(UNKNOWN),
                                                replica.path("phase").asText(),
                                                share(replica.path("done"), replica.path("total")),
                                                count(replica, "bytesBefore"),
                                                count(replica, "bytesAfter"),
                                                oneLine(replica.path("failure").asText()))));
        for (JsonNode silent : answer.path("missing")) {
            lines.add(
                    "%s%s did not say: %s"
                            .formatted(
                                    silent.path("node").asText(),
                                    silent.has("partition")
                                            ? ", partition " + silent.path("partition").asText()
                                            : "",
                                    oneLine(silent.path("reason").asText())));
        }
        return lines;
    }

    private static String share(JsonNode done, JsonNode total) {
        return total.asLong() == 0
                ? UNKNOWN
                : "%d %%".formatted(done.asLong() * 100 / total.asLong());
    }

    private static String numbers(JsonNode list) {
        return list.isEmpty()
                ? UNKNOWN
                : StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "));
    }
}
