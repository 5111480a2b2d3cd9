package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Scope;

import java.util.Map;

/**
 * A ref by its full name, such as {@code refs/heads/main}; a name of another form is a branch's.
 * {@link Scope#ALL_REFS} stands for all refs where that is allowed.
 */
public record RefName(boolean allAllowed) implements Form<String> {
    private static final Text TEXT = new Text(500);

    @Override
    public String parse(String parameter, String text) {
        if (text.equals(Scope.ALL_REFS)) {
            if (!allAllowed) {
                throw TideScopeException.invalid(
                        parameter, parameter + " must name one ref here, not all of them.");
            }
            return text;
        }
        String name = TEXT.parse(parameter, text);
        return name.startsWith("refs/") ? name : "refs/heads/" + name;
    }

    @Override
    public Map<String, Object> schema() {
        return TEXT.schema();
    }
}
