package io.tidescope.tree.match;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of a rule's holes, numbered in their order, and how often the rule mentions each,
 * constraints included. Immutable.
 */
final class HoleNames {
    private final String[] names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> mentions;

    private HoleNames(Map<String, Integer> mentions) {
        this.mentions = mentions;
        names = mentions.keySet().toArray(String[]::new);
        for (int number = 0; number < names.length; number++) {
            numbers.put(names[number], number);
        }
    }

    static HoleNames of(Rule rule) {
        var mentions = new TreeMap<String, Integer>();
        count(rule, mentions);
        return new HoleNames(mentions);
    }

    /** How many there are. */
    int count() {
        return names.length;
    }

    String name(int number) {
        return names[number];
    }

    int number(String name) {
        return numbers.getOrDefault(name, Slot.NONE);
    }

    @Nullable Slot slot(@Nullable Hole hole) {
        return hole == null
                ? null
                : new Slot(hole.captures() ? number(hole.name()) : Slot.NONE, hole.many());
    }

    /**
     * Whether a name is mentioned more than once: only for such may another choice in a match make
     * a difference to what comes later.
     */
    boolean isRepeated(@Nullable Hole hole) {
        return hole != null && isRepeated(hole.name());
    }

    private boolean isRepeated(String name) {
        return mentions.getOrDefault(name, 0) > 1;
    }

    /** Whether a part of the rule mentions one that is repeated. */
    boolean anyRepeated(Rule part) {
        var mentioned = new HashMap<String, Integer>();
        count(part, mentioned);
        return mentioned.keySet().stream().anyMatch(this::isRepeated);
    }

    private static void count(Rule rule, Map<String, Integer> mentions) {
        switch (rule) {
            case Rule.Matches matches -> count(matches.pattern(), mentions);
            case Rule.OfKind kind -> {}
            case Rule.Text text -> {}
            case Rule.All all -> all.rules().forEach(each -> count(each, mentions));
            case Rule.Any any -> any.rules().forEach(each -> count(each, mentions));
            case Rule.Not not -> count(not.rule(), mentions);
            case Rule.Related related -> {
                count(related.rule(), mentions);
                if (related.stopBy() instanceof Rule.StopBy.At at) {
                    count(at.rule(), mentions);
                }
            }
            case Rule.Constrained constrained -> {
                count(constrained.rule(), mentions);
                constrained
                        .constraints()
                        .forEach(
                                (name, constraint) -> {
                                    mentions.merge(name, 1, Integer::sum);
                                    count(constraint, mentions);
                                });
            }
        }
    }

    private static void count(Pattern pattern, Map<String, Integer> mentions) {
        pattern.forEachHole(
                (hole, node) -> {
                    if (hole.captures()) {
                        mentions.merge(hole.name(), 1, Integer::sum);
                    }
                });
    }
}
