package io.tidescope.query.request;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.PathGlobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JSON list of globs that paths are to match.
 *
 * @param maxCount globs of one list
 * @param maxLength UTF-16 units of one glob
 */
public record Globs(int maxCount, int maxLength) implements Form<PathGlobs> {
    @Override
    public PathGlobs parse(String parameter, String text) {
        JsonNode list = Body.json(text);
        if (!list.isArray() || list.isEmpty() || list.size() > maxCount) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s must be a list of 1 to %d globs.".formatted(parameter, maxCount));
        }
        Text form = new Text(maxLength);
        List<String> globs = new ArrayList<>();
        for (JsonNode glob : list) {
            if (!glob.isTextual() || glob.textValue().isEmpty()) {
                throw TideScopeException.invalid(
                        parameter,
                        "%s must hold globs only, not %s."
                                .formatted(parameter, Quoted.shortened(glob.toString())));
            }
            globs.add(form.parse(parameter, glob.textValue()));
        }
        return PathGlobs.of(parameter, globs);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                "array",
                "items",
                Map.of("type", "string", "minLength", 1, "maxLength", maxLength),
                "minItems",
                1,
                "maxItems",
                maxCount);
    }
}
