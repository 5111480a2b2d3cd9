package io.tidescope.query.rule;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.request.Quoted;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.match.PatternReader;
import io.tidescope.tree.match.Rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads rules as JSON, in the format of ast-grep: keys of one object hold together; {@code
 * pattern}, {@code kind} and {@code regex} are about the node, {@code all}, {@code any} and {@code
 * not} put rules together, {@code matches} is another rule by its name, {@code inside}, {@code
 * has}, {@code precedes} and {@code follows} are about other nodes, as far away as their {@code
 * stopBy} says. The whole may also be {@code {rule, constraints, utils}}. What is not understood is
 * refused, with the place where it stands.
 */
public final class RuleReader {
    private static final String WHOLE = "rule";
    private static final String CONSTRAINTS = "constraints";
    private static final String UTILS = "utils";
    private static final Pattern HOLE_NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private final PatternReader patterns;

    public RuleReader(PatternReader patterns) {
        this.patterns = patterns;
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT naming {@code rule}, with the place in the
     *     message
     */
    public Rule read(JsonNode json) {
        Written written = new Written(json, Written.PARAMETER);
        if (!json.has(WHOLE)) {
            Rule rule = new RuleParts(patterns, Map.of()).rule(written);
            HoleChecks.requireOneUse(rule, written);
            return rule;
        }
        written.requireKeys(List.of(WHOLE, CONSTRAINTS, UTILS));
        Map<String, Written> utils = new TreeMap<>();
        written.find(UTILS)
                .ifPresent(
                        all -> all.entries().forEach(it -> utils.put(it.getKey(), it.getValue())));
        RuleParts parts = new RuleParts(patterns, utils);
        Rule rule = parts.rule(written.find(WHOLE).orElseThrow());
        Optional<Written> constraints = written.find(CONSTRAINTS);
        if (constraints.isEmpty()) {
            parts.readOthers();
            HoleChecks.requireOneUse(rule, written);
            return rule;
        }
        var constrained = new Rule.Constrained(rule, constraints(constraints.get(), parts));
        parts.readOthers();
        HoleChecks.requireOneUse(constrained, written);
        HoleChecks.requireConstraints(constrained, constraints.get());
        return constrained;
    }

    private static Map<String, Rule> constraints(Written all, RuleParts parts) {
        Map<String, Rule> constraints = new HashMap<>();
        for (Map.Entry<String, Written> constraint : all.entries()) {
            String name = constraint.getKey();
            if (!HOLE_NAME.matcher(name).matches()) {
                throw all.invalid("'%s' is not a hole's name".formatted(Quoted.shortened(name)));
            }
            constraints.put(name, parts.rule(constraint.getValue()));
        }
        return constraints;
    }
}
