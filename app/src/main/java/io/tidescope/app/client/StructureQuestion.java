package io.tidescope.app.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tidescope.query.api.ApiLimits;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A structural search as the HTTP API takes it; what its values may be is checked there. */
public final class StructureQuestion {
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final String COUNT_ONLY = "countOnly";
    private static final String EXPLAIN = "explain";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode keys;

    private StructureQuestion(ObjectNode keys) {
        this.keys = keys;
    }

    /**
     * @param rule a file in YAML
     * @param others further keys; those with an empty value are left out
     * @throws TideScopeException INVALID_ARGUMENT when the file is no rule in YAML, or the limit no
     *     number
     * @throws IOException when the file cannot be read
     */
    public static StructureQuestion of(
            @Nullable String pattern,
            @Nullable Path rule,
            List<String> paths,
            Map<String, String> others)
            throws IOException {
        ObjectNode question = JSON.createObjectNode();
        if (pattern != null) {
            question.put("pattern", pattern);
        }
        if (rule != null) {
            question.set("rule", RuleFile.read(rule));
        }
        if (!paths.isEmpty()) {
            paths.forEach(question.putArray("paths")::add);
        }
        others.forEach(
                (key, value) -> {
                    if (key.equals(LIMIT) && !value.isEmpty()) {
                        question.put(key, number(value));
                    } else if (!value.isEmpty()) {
                        question.put(key, value);
                    }
                });
        return new StructureQuestion(question);
    }

    /** The same question, of which only the number of all matches is wanted. */
    public StructureQuestion counting() {
        ObjectNode counting = keys.deepCopy();
        counting.put(COUNT_ONLY, true);
        return new StructureQuestion(counting);
    }

    /** The same question, with what the search goes through in its answer. */
    public StructureQuestion explained() {
        ObjectNode explained = keys.deepCopy();
        explained.put(EXPLAIN, true);
        return new StructureQuestion(explained);
    }

    /** Whether only the number of matches is wanted, whatever the limit. */
    boolean counts() {
        return keys.path(COUNT_ONLY).asBoolean();
    }

    /** The body of the request. */
    public String json() {
        return keys.toString();
    }

    /** How many matches are wanted. */
    int limit() {
        return keys.path(LIMIT).asInt(ApiLimits.DEFAULT_ITEMS);
    }

    /**
     * The question for one page.
     *
     * @param cursor where it begins; null for where the question itself does
     */
    StructureQuestion page(int limit, @Nullable String cursor) {
        ObjectNode page = keys.deepCopy();
        page.put(LIMIT, limit);
        if (cursor != null) {
            page.put(CURSOR, cursor);
        }
        return new StructureQuestion(page);
    }

    private static int number(String limit) {
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw TideScopeException.invalid(
                    "--limit", "--limit must be a whole number, not '%s'".formatted(limit));
        }
    }
}
