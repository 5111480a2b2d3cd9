package io.tidescope.query.rule;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.request.NearestName;
import io.tidescope.query.request.Quoted;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternReader;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Rule.Relation;
import io.tidescope.tree.match.Rule.StopBy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads rules as ast-grep writes them, in JSON: an object whose keys all have to hold. {@code
 * pattern}, {@code kind} and {@code regex} are about the node, {@code all}, {@code any} and {@code
 * not} put rules together, {@code inside}, {@code has}, {@code precedes} and {@code follows} are
 * about other nodes, as far away as their {@code stopBy} says. The whole may also be {@code {rule,
 * constraints}}. What is not understood is refused, with the place where it stands.
 */
public final class RuleReader {
    /** Rules within rules. */
    static final int MAX_DEPTH = 32;

    private static final String PARAMETER = "rule";
    private static final String STOP_BY = "stopBy";
    private static final List<String> WHOLE = List.of("rule", "constraints");

    /**
     * In the order in which they are tried: what is quick to tell and what captures comes first.
     */
    private static final List<String> KEYS =
            List.of(
                    "kind",
                    "pattern",
                    "regex",
                    "all",
                    "any",
                    "inside",
                    "has",
                    "precedes",
                    "follows",
                    "not");

    private static final List<String> RELATED_KEYS = with(KEYS, STOP_BY);
    private static final Pattern HOLE_NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private final PatternReader patterns;

    public RuleReader(PatternReader patterns) {
        this.patterns = patterns;
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT naming {@code rule}, with the place in the
     *     message
     */
    public Rule read(JsonNode written) {
        if (!written.has("rule")) {
            return rule(written, "rule", KEYS, 1);
        }
        requireObject(written, "rule");
        requireKnown(written, "rule", WHOLE);
        Rule rule = rule(written.get("rule"), "rule.rule", KEYS, 1);
        return written.has("constraints")
                ? new Rule.Constrained(rule, constraints(written.get("constraints")))
                : rule;
    }

    private Map<String, Rule> constraints(JsonNode written) {
        String place = "rule.constraints";
        requireObject(written, place);
        Map<String, Rule> constraints = new HashMap<>();
        for (Map.Entry<String, JsonNode> constraint : written.properties()) {
            String name = constraint.getKey();
            if (!HOLE_NAME.matcher(name).matches()) {
                throw invalid(place, "'%s' is not a hole's name".formatted(Quoted.shortened(name)));
            }
            constraints.put(name, rule(constraint.getValue(), place + '.' + name, KEYS, 1));
        }
        return constraints;
    }

    private Rule rule(JsonNode written, String place, List<String> known, int depth) {
        if (depth > MAX_DEPTH) {
            throw invalid(place, "rules are nested deeper than " + MAX_DEPTH);
        }
        requireObject(written, place);
        requireKnown(written, place, known);
        List<Rule> parts = new ArrayList<>();
        for (String key : KEYS) {
            JsonNode value = written.get(key);
            if (value != null) {
                parts.add(part(key, value, place + '.' + key, depth));
            }
        }
        if (parts.isEmpty()) {
            throw invalid(place, "it says nothing; it takes " + String.join(", ", KEYS));
        }
        return parts.size() == 1 ? parts.getFirst() : new Rule.All(parts);
    }

    private Rule part(String key, JsonNode value, String place, int depth) {
        return switch (key) {
            case "kind" -> kind(text(value, place), place);
            case "pattern" -> pattern(text(value, place), place);
            case "regex" -> regex(text(value, place), place);
            case "all" -> new Rule.All(rules(value, place, depth));
            case "any" -> new Rule.Any(rules(value, place, depth));
            case "inside" -> related(Relation.INSIDE, value, place, depth);
            case "has" -> related(Relation.HAS, value, place, depth);
            case "precedes" -> related(Relation.PRECEDES, value, place, depth);
            case "follows" -> related(Relation.FOLLOWS, value, place, depth);
            case "not" -> new Rule.Not(rule(value, place, KEYS, depth + 1));
            default -> throw new IllegalArgumentException(key);
        };
    }

    private Rule related(Relation relation, JsonNode value, String place, int depth) {
        Rule other = rule(value, place, RELATED_KEYS, depth + 1);
        return new Rule.Related(
                relation, other, stopBy(value.get(STOP_BY), place + '.' + STOP_BY, depth));
    }

    private StopBy stopBy(@Nullable JsonNode value, String place, int depth) {
        if (value == null) {
            return new StopBy.Neighbour();
        }
        if (value.isObject()) {
            return new StopBy.At(rule(value, place, KEYS, depth + 1));
        }
        return switch (value.asText()) {
            case "neighbor" -> new StopBy.Neighbour();
            case "end" -> new StopBy.End();
            default -> throw invalid(place, "it must be neighbor, end or a rule");
        };
    }

    private List<Rule> rules(JsonNode value, String place, int depth) {
        if (!value.isArray() || value.isEmpty()) {
            throw invalid(place, "it must be a list of rules");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : value) {
            rules.add(rule(rule, place + '[' + rules.size() + ']', KEYS, depth + 1));
        }
        return rules;
    }

    private Rule pattern(String text, String place) {
        try {
            return new Rule.Matches(patterns.read(text));
        } catch (PatternException e) {
            throw invalid(place, "at offset %d: %s".formatted(e.offset(), e.getMessage()));
        }
    }

    private static Rule regex(String text, String place) {
        try {
            return new Rule.Text(RegexMatch.of(PARAMETER, text)::finds);
        } catch (TideScopeException e) {
            throw invalid(place, String.valueOf(e.getMessage()));
        }
    }

    private static Rule kind(String name, String place) {
        return new Rule.OfKind(
                KindNames.find(name)
                        .orElseThrow(
                                () ->
                                        invalid(
                                                place,
                                                "there is no kind '%s'%s"
                                                        .formatted(
                                                                Quoted.shortened(name),
                                                                NearestName.of(
                                                                                name,
                                                                                KindNames.all())
                                                                        .map(RuleReader::meant)
                                                                        .orElse("")))));
    }

    private static void requireKnown(JsonNode object, String place, List<String> known) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw invalid(
                        place,
                        "there is no key '%s'%s"
                                .formatted(
                                        Quoted.shortened(field.getKey()),
                                        NearestName.of(field.getKey(), known)
                                                .map(RuleReader::meant)
                                                .orElse("; it takes " + String.join(", ", known))));
            }
        }
    }

    private static void requireObject(JsonNode value, String place) {
        if (!value.isObject()) {
            throw invalid(place, "it must be an object");
        }
    }

    private static String text(JsonNode value, String place) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw invalid(place, "it must be a text that is not empty");
        }
        return value.textValue();
    }

    private static String meant(String nearest) {
        return "; did you mean " + nearest + "?";
    }

    private static TideScopeException invalid(String place, String reason) {
        return TideScopeException.invalid(PARAMETER, "In %s: %s".formatted(place, reason));
    }

    private static List<String> with(List<String> keys, String another) {
        List<String> all = new ArrayList<>(keys);
        all.add(another);
        return List.copyOf(all);
    }
}
