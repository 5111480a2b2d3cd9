package io.tidescope.query.request;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.schemas.TideScopeException;

import java.util.Map;

/**
 * An object within a {@link Body}, for somebody else to read.
 *
 * @param maxLength UTF-16 units of its JSON
 */
public record JsonObject(int maxLength) implements Form<JsonNode> {
    @Override
    public JsonNode parse(String parameter, String text) {
        if (text.length() > maxLength) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s has %d characters; at most %d are allowed."
                            .formatted(parameter, text.length(), maxLength));
        }
        return Body.json(text);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "object");
    }
}
