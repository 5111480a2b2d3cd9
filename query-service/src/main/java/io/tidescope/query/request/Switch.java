package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;

import java.util.Map;

/** Yes or no. */
public record Switch() implements Form<Boolean> {
    @Override
    public Boolean parse(String parameter, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw TideScopeException.invalid(
                            parameter,
                            "%s must be true or false, not '%s'."
                                    .formatted(parameter, Quoted.shortened(text)));
        };
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "boolean");
    }
}
