package io.tidescope.app.client;

import static io.tidescope.app.client.Cells.UNKNOWN;
import static io.tidescope.app.client.Cells.count;
import static io.tidescope.app.client.Cells.oneLine;
import static io.tidescope.app.client.Cells.table;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Answers about TideScope itself as lines for a terminal. */
public final class AdminListings {
    private AdminListings() {}

    public static List<String> slowQueries(JsonNode answer) {
        return table(
                answer.path("items"),
                List.of("MILLIS", "ENDED", "STATUS", "ENDPOINT", "PARAMETERS"),
                query ->
                        List.of(
                                millis(query, "millis"),
                                query.path("endedAt").asText(),
                                query.path("status").asText(),
                                query.path("endpoint").asText(),
                                query.path("parameters").properties().stream()
                                        .map(it -> it.getKey() + "=" + line(it.getValue()))
                                        .collect(Collectors.joining(" "))));
    }

    public static List<String> queryPatterns(JsonNode answer) {
        return table(
                answer.path("items"),
                List.of("COUNT", "MEAN MS", "P99 MS", "TOTAL MS", "ENDPOINT", "PARAMETERS"),
                pattern ->
                        List.of(
                                count(pattern, "count"),
                                millis(pattern, "meanMillis"),
                                millis(pattern, "p99Millis"),
                                millis(pattern, "totalMillis"),
                                pattern.path("endpoint").asText(),
                                parameters(pattern)));
    }

    /** How a replay stands: what it does, and when it began and ended. */
    public static List<String> replay(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        String state = answer.path("state").asText();
        lines.add(
                answer.has("from")
                        ? "%s: a replay from %s, %s of %s records"
                                .formatted(
                                        state,
                                        answer.path("from").asText(),
                                        count(answer, "done"),
                                        count(answer, "total"))
                        : state + ": there was no replay since the start");
        if (answer.has("begun")) {
            lines.add(
                    "begun %s, ended %s"
                            .formatted(
                                    answer.path("begun").asText(),
                                    answer.path("ended").asText(UNKNOWN)));
        }
        if (answer.has("failure")) {
            lines.add(line(answer.path("failure")));
        }
        return lines;
    }

    public static List<String> recentErrors(JsonNode answer) {
        return table(
                answer.path("items"),
                List.of("AT", "SEVERITY", "CODE", "STATUS", "ENDPOINT", "ERROR ID", "DETAIL"),
                error ->
                        List.of(
                                error.path("at").asText(),
                                error.path("severity").asText(),
                                error.path("code").asText(),
                                error.path("status").asText(),
                                error.path("endpoint").asText(),
                                error.path("errorId").asText(UNKNOWN),
                                line(error.path("detail"))));
    }

    public static List<String> lag(JsonNode answer) {
        return table(
                answer.path("items"),
                List.of("GROUP", "TOPIC", "PARTITION", "RECORDS", "SECONDS"),
                lag ->
                        List.of(
                                lag.path("group").asText(),
                                lag.path("topic").asText(),
                                lag.path("partition").asText(),
                                count(lag, "records"),
                                lag.path("seconds").isNumber()
                                        ? decimal(lag.path("seconds").asDouble())
                                        : UNKNOWN));
    }

    /** What became of a file, and its problems as {@code file:line:column: code: message}. */
    public static List<String> parsed(JsonNode answer, String file) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s: %s lines, %s, %s, %s ms"
                        .formatted(
                                answer.path("outcome").asText(),
                                count(answer, "lines"),
                                answer.path("nodes").isNumber()
                                        ? count(answer, "nodes") + " nodes"
                                        : "no tree",
                                answer.path("encoding").asText("not decoded"),
                                millis(answer, "millis")));
        for (JsonNode problem : answer.path("problems")) {
            JsonNode range = problem.path("range");
            lines.add(
                    "%s:%d:%d: %s: %s"
                            .formatted(
                                    file,
                                    range.path("line").asInt(1),
                                    range.path("column").asInt(1),
                                    problem.path("code").asText(),
                                    line(problem.path("message"))));
        }
        int more = answer.path("problemCount").asInt() - answer.path("problems").size();
        if (more > 0) {
            lines.add("and %,d more problems".formatted(more));
        }
        return lines;
    }

    public static List<String> encoding(JsonNode answer) {
        String encoding = answer.path("encoding").asText();
        return List.of(
                answer.path("valid").asBoolean()
                        ? "valid " + encoding
                        : "not UTF-8 from byte %d on; read as %s by best effort"
                                .formatted(answer.path("firstInvalid").asInt(), encoding));
    }

    private static String parameters(JsonNode pattern) {
        List<String> parts = new ArrayList<>();
        for (JsonNode name : pattern.path("parameters")) {
            String value = pattern.path(name.asText()).asText("");
            parts.add(value.isEmpty() ? name.asText() : name.asText() + "=" + oneLine(value));
        }
        return String.join(" ", parts);
    }

    private static String millis(JsonNode node, String field) {
        return decimal(node.path(field).asDouble());
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    private static String line(JsonNode text) {
        return oneLine(text.asText(""));
    }
}
