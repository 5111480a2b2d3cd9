package io.tidescope.tree.match;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts where a rule mentions the names of its holes. */
final class HoleNames {
    private final Map<String, Integer> mentions = new HashMap<>();

    private HoleNames() {}

    /**
     * The names that are mentioned more than once, constraints included: only for these may another
     * choice in a match make a difference to what comes later.
     */
    static Set<String> repeated(Rule rule) {
        var names = new HoleNames();
        names.count(rule);
        return names.mentions.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a rule mentions one of the names. */
    static boolean anyOf(Set<String> names, Rule rule) {
        var mentioned = new HoleNames();
        mentioned.count(rule);
        return mentioned.mentions.keySet().stream().anyMatch(names::contains);
    }

    private void count(Rule rule) {
        switch (rule) {
            case Rule.Matches matches -> count(matches.pattern());
            case Rule.OfKind kind -> {}
            case Rule.Text text -> {}
            case Rule.All all -> all.rules().forEach(this::count);
            case Rule.Any any -> any.rules().forEach(this::count);
            case Rule.Not not -> count(not.rule());
            case Rule.Related related -> {
                count(related.rule());
                if (related.stopBy() instanceof Rule.StopBy.At at) {
                    count(at.rule());
                }
            }
            case Rule.Constrained constrained -> {
                count(constrained.rule());
                constrained.constraints().forEach(this::count);
            }
        }
    }

    private void count(String name, Rule constraint) {
        mentions.merge(name, 1, Integer::sum);
        count(constraint);
    }

    private void count(Pattern pattern) {
        pattern.forEachHole(
                (hole, node) -> {
                    if (hole.captures()) {
                        mentions.merge(hole.name(), 1, Integer::sum);
                    }
                });
    }
}
