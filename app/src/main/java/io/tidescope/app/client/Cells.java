package io.tidescope.app.client;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What tables of answers are made of. */
final class Cells {
    /** Stands for what is not known, or not there. */
    static final String UNKNOWN = "-";

    private Cells() {}

    static List<String> table(
            Iterable<JsonNode> items, List<String> heading, Function<JsonNode, List<String>> row) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading);
        items.forEach(item -> rows.add(row.apply(item)));
        return Columns.of(rows);
    }

    static String count(JsonNode node, String field) {
        return node.path(field).isNumber() ? grouped(node.path(field).asLong()) : UNKNOWN;
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What callers wrote must not move the cursor, or worse. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
