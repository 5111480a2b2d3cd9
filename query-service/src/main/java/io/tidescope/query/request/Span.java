package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as {@code 500ms} or {@code 5s}, from nothing up to a bound.
 *
 * @param maximum longest duration allowed
 */
public record Span(Duration maximum) implements Form<Duration> {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9})(ms|s)");

    @Override
    public Duration parse(String parameter, String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s must be a duration such as 500ms or 5s, not '%s'."
                            .formatted(parameter, Quoted.shortened(text)));
        }
        long count = Long.parseLong(matcher.group(1));
        Duration duration =
                matcher.group(2).equals("ms")
                        ? Duration.ofMillis(count)
                        : Duration.ofSeconds(count);
        if (duration.compareTo(maximum) > 0) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s must be at most %ds, not '%s'."
                            .formatted(parameter, maximum.toSeconds(), text));
        }
        return duration;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "pattern", "^" + SYNTAX + "$");
    }
}
