package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;

import java.util.Map;

/**
 * Any text of bounded length without a NUL character, which separates the parts of stored keys.
 *
 * @param maxLength UTF-16 units
 */
public record Text(int maxLength) implements Form<String> {
    @Override
    public String parse(String parameter, String text) {
        if (text.length() > maxLength) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s has %d characters; at most %d are allowed."
                            .formatted(parameter, text.length(), maxLength));
        }
        if (text.indexOf('\0') >= 0) {
            throw TideScopeException.invalid(
                    parameter, parameter + " contains a NUL character; remove it.");
        }
        return text;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "maxLength", maxLength);
    }
}
