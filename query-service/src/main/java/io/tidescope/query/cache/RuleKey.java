package io.tidescope.query.cache;

import io.tidescope.store.query.RegexMatch;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Rule.StopBy;

import java.util.List;
import java.util.Map;

/** A rule as text: the same for rules that hold for the same nodes because they are written so. */
final class RuleKey {
    private RuleKey() {}

    /** Adds a rule; false when something in it has no text. */
    static boolean add(KeyText key, Rule rule) {
        return switch (rule) {
            case Rule.Matches matches -> {
                key.add("pattern").add(matches.pattern().form()).add(matches.pattern().text());
                yield true;
            }
            case Rule.OfKind kinds -> {
                key.add("kinds").addAll(kinds.kinds());
                yield true;
            }
            case Rule.Text text -> {
                Object test = text.test();
                key.add("text").add(test);
                yield test instanceof RegexMatch;
            }
            case Rule.All all -> addAll(key.add("all"), all.rules());
            case Rule.Any any -> addAll(key.add("any"), any.rules());
            case Rule.Not not -> add(key.add("not"), not.rule());
            case Rule.Related related ->
                    add(key.add(related.relation()), related.rule()) && add(key, related.stopBy());
            case Rule.Constrained constrained -> {
                boolean written = add(key.add("where"), constrained.rule());
                key.addAll(constrained.constraints().keySet());
                for (Map.Entry<String, Rule> constraint :
                        constrained.constraints().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .toList()) {
                    written &= add(key, constraint.getValue());
                }
                yield written;
            }
        };
    }

    private static boolean addAll(KeyText key, List<Rule> rules) {
        key.add(rules.size());
        boolean written = true;
        for (Rule rule : rules) {
            written &= add(key, rule);
        }
        return written;
    }

    private static boolean add(KeyText key, StopBy stopBy) {
        return switch (stopBy) {
            case StopBy.Neighbour neighbour -> {
                key.add("neighbour");
                yield true;
            }
            case StopBy.End end -> {
                key.add("end");
                yield true;
            }
            case StopBy.At at -> add(key.add("at"), at.rule());
        };
    }
}
