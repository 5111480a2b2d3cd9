package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;

import java.util.Map;

/** A whole decimal number between two bounds, both allowed. */
public record WholeNumber(int minimum, int maximum) implements Form<Integer> {
    @Override
    public Integer parse(String parameter, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below: too large for an int is out of range like any other.
        }
        throw TideScopeException.invalid(
                parameter,
                "%s must be a whole number from %d to %d, not '%s'."
                        .formatted(parameter, minimum, maximum, Quoted.shortened(text)));
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "integer", "minimum", minimum, "maximum", maximum);
    }
}
