package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;

import org.jspecify.annotations.Nullable;

/**
 * What a capture must pass: a node is tried like any other, without its parentheses. A name is no
 * node of its own; it has its text, of a pattern it may be the only name, and it is of the kind of
 * names. What a string holds and a list have nothing but their text.
 */
record Constraint(Rule rule, Trial trial) {
    @Nullable Task check(int hole, Matcher matcher, Task rest) {
        Captured captured = matcher.bindings.find(hole);
        matcher.spend();
        return switch (captured) {
            case null -> rest;
            case Captured.One one ->
                    trial.begin(matcher, matcher.withoutParentheses(one.node()), rest);
            case Captured.Name text -> {
                boolean isName = matcher.tree.kind(text.owner()) != NodeKind.STRING_LITERAL_EXPR;
                yield passes(rule, matcher.texts.text(text.owner()), isName) ? rest : null;
            }
            case Captured.Several list -> {
                String text = matcher.tree.sourceText(list.start(), list.end());
                yield passes(rule, matcher.watched(text), false) ? rest : null;
            }
            case Captured.Extent extent -> throw new IllegalStateException("no hole stands for it");
        };
    }

    private static boolean passes(Rule rule, CharSequence text, boolean isName) {
        return switch (rule) {
            case Rule.Text test -> test.test().test(text);
            case Rule.All all -> all.rules().stream().allMatch(each -> passes(each, text, isName));
            case Rule.Any any -> any.rules().stream().anyMatch(each -> passes(each, text, isName));
            case Rule.Not not -> !passes(not.rule(), text, isName);
            case Rule.Matches matches ->
                    isName && matches.pattern().plainName().filter(text::equals).isPresent();
            case Rule.OfKind kind -> isName && kind.kinds().contains(NodeKind.NAME_EXPR);
            case Rule.Related related -> false;
            case Rule.Constrained constrained -> false;
        };
    }
}
