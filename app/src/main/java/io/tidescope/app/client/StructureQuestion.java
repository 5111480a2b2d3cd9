package io.tidescope.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A structural search as the HTTP API takes it; what its values may be is checked there. */
public final class StructureQuestion {
    /** What a rule's file says that has nothing to do with what it matches. */
    private static final Set<String> ABOUT_THE_FILE =
            Set.of("id", "language", "message", "severity", "note", "url", "metadata", "fix");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private StructureQuestion() {}

    /**
     * @param rule a file in YAML
     * @param others further keys; those with an empty value are left out
     * @throws TideScopeException INVALID_ARGUMENT when the file is no YAML, or the limit no number
     * @throws IOException when the file cannot be read
     */
    public static String json(
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
            question.set("rule", rule(rule));
        }
        if (!paths.isEmpty()) {
            paths.forEach(question.putArray("paths")::add);
        }
        others.forEach(
                (key, value) -> {
                    if (key.equals("limit") && !value.isEmpty()) {
                        question.put(key, number(value));
                    } else if (!value.isEmpty()) {
                        question.put(key, value);
                    }
                });
        return question.toString();
    }

    private static JsonNode rule(Path file) throws IOException {
        JsonNode rule;
        try {
            rule = YAML.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw TideScopeException.invalid(
                    "--rule", "%s is no YAML: %s".formatted(file, e.getOriginalMessage()));
        }
        if (rule instanceof ObjectNode object && object.has("rule")) {
            object.remove(ABOUT_THE_FILE);
        }
        return rule;
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
