package io.tidescope.app.client;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Answers of the HTTP API as lines for a terminal; places read {@code file:line: text}, which
 * editors can follow.
 */
public final class Listings {
    private static final int SHORT_COMMIT = 12;

    private static final Map<String, String> STATUS = new LinkedHashMap<>();

    static {
        STATUS.put("documents", "documents");
        STATUS.put("documentsWithProblems", "  with problems");
        STATUS.put("lines", "lines");
        STATUS.put("definitions", "definitions");
        STATUS.put("occurrences", "occurrences");
        STATUS.put("sourceBytes", "source bytes");
        STATUS.put("treeBytes", "tree bytes");
        STATUS.put("partitionCount", "partitions");
    }

    private Listings() {}

    public static List<String> status(JsonNode answer) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("state", answer.path("state").asText()));
        STATUS.forEach(
                (field, label) -> {
                    // Some are only told to who may see everything.
                    if (answer.has(field)) {
                        lines.add(List.of(label, number(answer, field)));
                    }
                });
        return Columns.of(lines);
    }

    /** What a structural search went through, from the whole index to the matches. */
    public static List<String> plan(JsonNode answer) {
        JsonNode plan = answer.path("plan");
        return Columns.of(
                List.of(
                        List.of("pattern read as", answer.path("readAs").asText("a rule")),
                        List.of("looked up", plan.path("lookup").asText()),
                        List.of(
                                "documents",
                                plan.path("documents").isNumber()
                                        ? number(plan, "documents")
                                        : "unknown"),
                        List.of("  candidates", number(plan, "candidates")),
                        List.of("  searched", number(plan, "searched")),
                        List.of("  trees read", number(plan, "trees")),
                        List.of("matches", number(answer, "count"))));
    }

    public static List<String> repositories(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("REPOSITORY", "REF", "STATE", "COMMIT", "FILES"));
        for (JsonNode repository : answer.path("items")) {
            for (JsonNode ref : repository.path("refs")) {
                rows.add(
                        List.of(
                                repository.path("repository").asText(),
                                shortRef(ref),
                                ref.path("state").asText() + progress(ref.path("publishing")),
                                shortCommit(ref.path("commit")),
                                number(ref, "javaFiles")));
            }
        }
        return Columns.of(rows);
    }

    public static List<String> revision(JsonNode answer) {
        return List.of(
                "%s %s (%d of %d partitions)"
                        .formatted(
                                answer.path("revision").asText(),
                                answer.path("state").asText(),
                                answer.path("partitionsDone").asInt(),
                                answer.path("partitions").asInt()));
    }

    public static List<String> documents(JsonNode answer) {
        return items(answer)
                .map(
                        document ->
                                document.path("path").asText()
                                        + problems(document.path("problems").asInt()))
                .toList();
    }

    /** The parts that were asked for, one after the other. */
    public static List<String> document(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("source").asText("").lines().forEach(lines::add);
        outline(answer.path("outline"), 0, lines);
        for (JsonNode problem : answer.path("problems")) {
            lines.add(
                    "%s:%d: %s: %s"
                            .formatted(
                                    answer.path("path").asText(),
                                    problem.path("range").path("line").asInt(1),
                                    problem.path("code").asText(),
                                    problem.path("message").asText()));
        }
        if (answer.hasNonNull("tree")) {
            JsonNode tree = answer.path("tree");
            lines.add(tree.isTextual() ? tree.asText() : tree.toPrettyString());
        }
        return lines;
    }

    public static List<String> symbols(JsonNode answer) {
        return places(
                answer,
                symbol ->
                        "%s %s%s"
                                .formatted(
                                        symbol.path("kind").asText(),
                                        symbol.path("container").asText().isEmpty()
                                                ? ""
                                                : symbol.path("container").asText() + ".",
                                        declared(symbol)));
    }

    public static List<String> occurrences(JsonNode answer) {
        return places(
                answer,
                occurrence ->
                        occurrence.path("text").asText().strip()
                                + "  ["
                                + occurrence.path("role").asText()
                                + "]");
    }

    /** Reads {@code repository path:line:column text}. */
    public static String match(JsonNode match) {
        return "%s %s:%d:%d  %s"
                .formatted(
                        match.path("repository").asText(),
                        match.path("path").asText(),
                        match.at("/range/line").asInt(),
                        match.at("/range/column").asInt(),
                        match.path("text").asText().strip());
    }

    private static List<String> places(JsonNode answer, Function<JsonNode, String> text) {
        boolean several =
                items(answer).map(item -> item.path("repository").asText()).distinct().count() > 1;
        return items(answer)
                .map(
                        item ->
                                (several ? item.path("repository").asText() + ":" : "")
                                        + item.path("path").asText()
                                        + ":"
                                        + item.path("line").asInt()
                                        + ": "
                                        + text.apply(item))
                .toList();
    }

    /** A field's signature is its type; those of methods and types begin with a bracket. */
    private static String declared(JsonNode symbol) {
        String signature = symbol.path("signature").asText();
        boolean type = !signature.isEmpty() && Character.isJavaIdentifierStart(signature.charAt(0));
        return symbol.path("name").asText() + (type ? ": " : "") + signature;
    }

    private static void outline(JsonNode entries, int depth, List<String> lines) {
        for (JsonNode entry : entries) {
            lines.add(
                    "%s%d: %s %s"
                            .formatted(
                                    "  ".repeat(depth),
                                    entry.path("line").asInt(),
                                    entry.path("kind").asText(),
                                    declared(entry)));
            outline(entry.path("children"), depth + 1, lines);
        }
    }

    private static String progress(JsonNode publishing) {
        return publishing.isObject()
                ? " (publishing %d of %d)"
                        .formatted(
                                publishing.path("published").asInt(),
                                publishing.path("total").asInt())
                : "";
    }

    private static String problems(int count) {
        return switch (count) {
            case 0 -> "";
            case 1 -> "  (1 problem)";
            default -> "  (" + count + " problems)";
        };
    }

    private static String shortRef(JsonNode ref) {
        return ref.path("ref").asText().replaceFirst("^refs/heads/", "");
    }

    private static String shortCommit(JsonNode commit) {
        String id = commit.asText("-");
        return id.length() <= SHORT_COMMIT ? id : id.substring(0, SHORT_COMMIT);
    }

    private static String number(JsonNode node, String field) {
        return String.format(Locale.ROOT, "%,d", node.path(field).asLong());
    }

    private static Stream<JsonNode> items(JsonNode answer) {
        return StreamSupport.stream(answer.path("items").spliterator(), false);
    }
}
