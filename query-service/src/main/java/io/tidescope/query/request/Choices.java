package io.tidescope.query.request;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Any of the constants of an enum, labels joined by commas. */
record Choices<E extends Enum<E>>(Choice<E> choice) implements Form<Set<E>> {
    @Override
    public Set<E> parse(String parameter, String text) {
        Set<E> chosen = new LinkedHashSet<>();
        for (String label : text.split(",", -1)) {
            chosen.add(choice.parse(parameter, label.strip()));
        }
        return chosen;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "array", "items", choice.schema());
    }
}
