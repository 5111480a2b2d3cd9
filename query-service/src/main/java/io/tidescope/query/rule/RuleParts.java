package io.tidescope.query.rule;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternReader;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Rule.Relation;
import io.tidescope.tree.match.Rule.StopBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the parts of one rule. Used once, by one thread. */
final class RuleParts {
    /** Rules within rules. */
    static final int MAX_DEPTH = 32;

    /** Rules of all depths, those that others refer to by name as often as they do. */
    static final int MAX_RULES = 400;

    /** Instructions of all regular expressions, as often as they are referred to. */
    static final int MAX_REGEX_SIZE = 20_000;

    /** Characters of all patterns, as often as they are referred to. */
    static final int MAX_PATTERN_LENGTH = 100_000;

    /** How long reading may go on; what is not made up takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String STOP_BY = "stopBy";

    /**
     * In the order in which they are tried: what is quick to tell and what captures comes first.
     */
    private static final List<String> KEYS =
            List.of(
                    "kind",
                    "pattern",
                    "regex",
                    "matches",
                    "all",
                    "any",
                    "inside",
                    "has",
                    "precedes",
                    "follows",
                    "not");

    private static final List<String> RELATED_KEYS = with(KEYS, STOP_BY);

    private final PatternReader patterns;
    private final Map<String, Written> utils;

    /** The names of the rules that are being read, each within the one before. */
    private final Deque<String> open = new ArrayDeque<>();

    private final Set<String> referred = new HashSet<>();

    private final long begun = System.nanoTime();

    private int depth;
    private int count;
    private int regexSize;
    private int patternLength;

    /**
     * @param utils rules that others refer to by name
     */
    RuleParts(PatternReader patterns, Map<String, Written> utils) {
        Map<String, Pattern> read = new HashMap<>();
        this.patterns = text -> read.computeIfAbsent(text, patterns::read);
        this.utils = utils;
    }

    Rule rule(Written written) {
        return rule(written, KEYS);
    }

    /** Reads the rules that none of those read so far refers to: they are to be rules as well. */
    void readOthers() {
        utils.forEach(
                (name, util) -> {
                    if (!referred.contains(name)) {
                        referred.add(name);
                        open.push(name);
                        rule(util);
                        open.pop();
                    }
                });
    }

    private Rule rule(Written written, List<String> known) {
        if (depth == MAX_DEPTH) {
            throw written.invalid("rules are nested deeper than " + MAX_DEPTH);
        }
        if (++count > MAX_RULES) {
            throw written.invalid("these are more than %d rules".formatted(MAX_RULES));
        }
        written.requireKeys(known);
        depth++;
        List<Rule> parts = new ArrayList<>();
        for (String key : KEYS) {
            written.find(key).ifPresent(value -> parts.add(part(key, value)));
        }
        depth--;
        if (parts.isEmpty()) {
            throw written.invalid("it says nothing; it takes " + String.join(", ", KEYS));
        }
        return parts.size() == 1 ? parts.getFirst() : new Rule.All(parts);
    }

    private Rule part(String key, Written value) {
        return switch (key) {
            case "kind" -> new Rule.OfKind(KindNames.read(value));
            case "pattern" -> pattern(value);
            case "regex" -> regex(value);
            case "matches" -> util(value);
            case "all" -> new Rule.All(value.items().stream().map(this::rule).toList());
            case "any" -> new Rule.Any(value.items().stream().map(this::rule).toList());
            case "inside" -> related(Relation.INSIDE, value);
            case "has" -> related(Relation.HAS, value);
            case "precedes" -> related(Relation.PRECEDES, value);
            case "follows" -> related(Relation.FOLLOWS, value);
            case "not" -> new Rule.Not(rule(value));
            default -> throw new IllegalArgumentException(key);
        };
    }

    private Rule pattern(Written written) {
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
            throw written.invalid("reading these rules takes too long");
        }
        Pattern pattern = WrittenPattern.read(written, patterns);
        patternLength += pattern.text().length();
        if (patternLength > MAX_PATTERN_LENGTH) {
            throw written.invalid(
                    "the patterns of these rules are too large together, those that are referred to"
                            + " counted each time");
        }
        return new Rule.Matches(pattern);
    }

    private Rule related(Relation relation, Written value) {
        Rule other = rule(value, RELATED_KEYS);
        return new Rule.Related(
                relation,
                other,
                value.find(STOP_BY).map(this::stopBy).orElse(new StopBy.Neighbour()));
    }

    private StopBy stopBy(Written written) {
        if (written.value().isObject()) {
            return new StopBy.At(rule(written));
        }
        return switch (written.value().asText()) {
            case "neighbor" -> new StopBy.Neighbour();
            case "end" -> new StopBy.End();
            default -> throw written.invalid("it must be neighbor, end or a rule");
        };
    }

    private Rule util(Written written) {
        String name = written.text();
        Written util = utils.get(name);
        if (util == null) {
            throw written.unknown("rule in utils", name, utils.keySet());
        }
        if (open.contains(name)) {
            throw written.invalid("'%s' refers to itself".formatted(name));
        }
        referred.add(name);
        open.push(name);
        Rule rule = rule(util);
        open.pop();
        return rule;
    }

    private Rule regex(Written written) {
        RegexMatch regex;
        try {
            regex = RegexMatch.of(Written.PARAMETER, written.text());
        } catch (TideScopeException e) {
            throw written.invalid(String.valueOf(e.getMessage()));
        }
        regexSize += regex.size();
        if (regexSize > MAX_REGEX_SIZE) {
            throw written.invalid(
                    "the regular expressions of these rules are too large together, those that are"
                            + " referred to counted each time");
        }
        return new Rule.Text(regex);
    }

    private static List<String> with(List<String> keys, String another) {
        List<String> all = new ArrayList<>(keys);
        all.add(another);
        return List.copyOf(all);
    }
}
