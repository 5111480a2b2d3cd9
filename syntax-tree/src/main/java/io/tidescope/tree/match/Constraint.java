package io.tidescope.tree.match;

import org.jspecify.annotations.Nullable;

/**
 * What a capture must pass: a node is tried like any other, without its parentheses; an identifier
 * or a list has nothing but its text.
 */
record Constraint(Rule rule, Trial trial) {
    @Nullable Task check(String name, Matcher matcher, Task rest) {
        Captured captured = matcher.bindings.find(name);
        matcher.spend();
        return switch (captured) {
            case null -> null;
            case Captured.One one ->
                    trial.begin(matcher, matcher.withoutParentheses(one.node()), rest);
            case Captured.Name text -> passes(rule, matcher.texts.text(text.owner())) ? rest : null;
            case Captured.Several list ->
                    passes(rule, matcher.tree.sourceText(list.start(), list.end())) ? rest : null;
        };
    }

    private static boolean passes(Rule rule, String text) {
        return switch (rule) {
            case Rule.Text test -> test.test().test(text);
            case Rule.All all -> all.rules().stream().allMatch(each -> passes(each, text));
            case Rule.Any any -> any.rules().stream().anyMatch(each -> passes(each, text));
            case Rule.Not not -> !passes(not.rule(), text);
            case Rule.Matches matches -> false;
            case Rule.OfKind kind -> false;
            case Rule.Related related -> false;
            case Rule.Constrained constrained -> false;
        };
    }
}
