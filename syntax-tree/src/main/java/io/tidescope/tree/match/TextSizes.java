package io.tidescope.tree.match;

import io.tidescope.tree.match.Rule.StopBy;

import java.util.Collection;

/** How large the tests of texts in a rule are together. */
final class TextSizes {
    private TextSizes() {}

    static long of(Rule rule) {
        return switch (rule) {
            case Rule.Matches matches -> 0;
            case Rule.OfKind kind -> 0;
            case Rule.Text text -> text.test().size();
            case Rule.All all -> of(all.rules());
            case Rule.Any any -> of(any.rules());
            case Rule.Not not -> of(not.rule());
            case Rule.Related related ->
                    of(related.rule())
                            + (related.stopBy() instanceof StopBy.At at ? of(at.rule()) : 0);
            case Rule.Constrained constrained ->
                    of(constrained.rule()) + of(constrained.constraints().values());
        };
    }

    private static long of(Collection<Rule> rules) {
        return rules.stream().mapToLong(TextSizes::of).sum();
    }
}
