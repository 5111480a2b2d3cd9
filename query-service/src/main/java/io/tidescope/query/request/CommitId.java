package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A whole hexadecimal object id of a commit: 40 digits (SHA-1) or 64 (SHA-256). */
public record CommitId() implements Form<String> {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");

    @Override
    public String parse(String parameter, String text) {
        if (!SYNTAX.matcher(text).matches()) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s must be a whole commit id of 40 or 64 hexadecimal digits, not '%s'; git rev-parse prints it."
                            .formatted(parameter, Quoted.shortened(text)));
        }
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "pattern", "^(" + SYNTAX + ")$");
    }
}
