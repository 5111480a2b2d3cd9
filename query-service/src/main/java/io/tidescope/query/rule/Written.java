package io.tidescope.query.rule;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.request.NearestName;
import io.tidescope.query.request.Quoted;
import io.tidescope.schemas.TideScopeException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a rule as it was written, and where it stands. All refusals are INVALID_ARGUMENT naming
 * {@code rule}, with the place in the message.
 *
 * @param place such as {@code rule.any[1].pattern}
 */
record Written(JsonNode value, String place) {
    static final String PARAMETER = "rule";

    /** What stands under a key, if anything. */
    Optional<Written> find(String key) {
        JsonNode found = value.get(key);
        return found == null
                ? Optional.empty()
                : Optional.of(new Written(found, place + '.' + key));
    }

    /** What stands under the keys of an object. */
    Collection<Map.Entry<String, Written>> entries() {
        requireObject();
        List<Map.Entry<String, Written>> entries = new ArrayList<>();
        value.properties()
                .forEach(
                        entry ->
                                entries.add(
                                        Map.entry(
                                                entry.getKey(),
                                                new Written(
                                                        entry.getValue(),
                                                        place + '.' + entry.getKey()))));
        return entries;
    }

    List<Written> items() {
        if (!value.isArray() || value.isEmpty()) {
            throw invalid("it must be a list of rules");
        }
        List<Written> items = new ArrayList<>();
        for (JsonNode item : value) {
            items.add(new Written(item, place + '[' + items.size() + ']'));
        }
        return items;
    }

    String text() {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw invalid("it must be a text that is not empty");
        }
        return value.textValue();
    }

    void requireObject() {
        if (!value.isObject()) {
            throw invalid("it must be an object");
        }
    }

    /** Refuses other keys than these. */
    void requireKeys(List<String> known) {
        requireObject();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (!known.contains(field.getKey())) {
                throw invalid(
                        "there is no key '%s'%s"
                                .formatted(
                                        Quoted.shortened(field.getKey()),
                                        NearestName.of(field.getKey(), known)
                                                .map(Written::meant)
                                                .orElse("; it takes " + String.join(", ", known))));
            }
        }
    }

    TideScopeException invalid(String reason) {
        return TideScopeException.invalid(PARAMETER, "In %s: %s".formatted(place, reason));
    }

    /** For something that is not there: what is called most alike. */
    TideScopeException unknown(String what, String name, Collection<String> all) {
        return invalid(
                "there is no %s '%s'%s"
                        .formatted(
                                what,
                                Quoted.shortened(name),
                                NearestName.of(name, all).map(Written::meant).orElse("")));
    }

    private static String meant(String nearest) {
        return "; did you mean " + nearest + "?";
    }
}
