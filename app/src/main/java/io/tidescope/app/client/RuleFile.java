package io.tidescope.app.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Reads a rule's file in YAML, as ast-grep has them; what the rule says is checked elsewhere. */
final class RuleFile {
    private static final String LANGUAGE = "language";

    /** What a rule's file says that has nothing to do with what it matches. */
    private static final Set<String> ABOUT_THE_FILE =
            Set.of(
                    "id",
                    LANGUAGE,
                    "message",
                    "severity",
                    "note",
                    "url",
                    "metadata",
                    "labels",
                    "fix",
                    "transform",
                    "rewriters");

    private static final ObjectMapper YAML =
            new ObjectMapper(
                    new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

    private final Path file;

    private RuleFile(Path file) {
        this.file = file;
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT when the file is not one rule for Java
     * @throws IOException when the file cannot be read
     */
    static JsonNode read(Path file) throws IOException {
        return new RuleFile(file).rule();
    }

    private JsonNode rule() throws IOException {
        String text = Files.readString(file);
        JsonNode rule;
        try {
            checkDocuments(text);
            rule = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("is no YAML: " + e.getOriginalMessage());
        }
        if (rule instanceof ObjectNode object && object.has("rule")) {
            String language = object.path(LANGUAGE).asText("java");
            if (!language.equalsIgnoreCase("java")) {
                throw invalid("is a rule for %s; there is only Java here".formatted(language));
            }
            object.remove(ABOUT_THE_FILE);
        }
        return rule;
    }

    /** Refuses what reading a tree would pass over: a second rule, and aliases. */
    private void checkDocuments(String text) throws IOException {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(text)) {
            boolean any = false;
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (any && depth == 0) {
                    throw invalid("has more than one document: a file is one rule");
                }
                if (parser.isCurrentAlias()) {
                    throw invalid(
                            "has the alias *%s: write out what it stands for"
                                    .formatted(parser.getText()));
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                any = true;
            }
            if (!any) {
                throw invalid("is empty");
            }
        }
    }

    private TideScopeException invalid(String reason) {
        return TideScopeException.invalid("--rule", file + " " + reason);
    }
}
