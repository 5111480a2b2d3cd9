package io.tidescope.tree.match;

import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

/** The identifier that a node has wherever a rule holds at it. */
final class RootName {
    private RootName() {}

    /** The {@link SyntaxTree#nameMark} of it; zero when there is none, or nobody can tell. */
    static byte mark(Rule rule) {
        String name = of(rule);
        return name == null ? 0 : SyntaxTree.nameMark(name);
    }

    private static @Nullable String of(Rule rule) {
        return switch (rule) {
            case Rule.Matches matches -> of(matches.pattern());
            case Rule.Constrained constrained -> of(constrained.rule());
            case Rule.All all -> {
                String name = null;
                for (Rule each : all.rules()) {
                    name = name == null ? of(each) : name;
                }
                yield name;
            }
            case Rule.OfKind kind -> null;
            case Rule.Any any -> null;
            case Rule.Text text -> null;
            case Rule.Not not -> null;
            case Rule.Related related -> null;
        };
    }

    private static @Nullable String of(Pattern pattern) {
        SyntaxTree tree = pattern.tree();
        int root = pattern.roots().getFirst();
        // Where there are several, the first is compared as one below others is.
        return pattern.roots().size() == 1
                        && !pattern.nodeHoles().containsKey(root)
                        && !pattern.textHoles().containsKey(root)
                        && tree.hasText(root)
                        && !tree.kind(root).textProperty().equals("value")
                ? tree.text(root)
                : null;
    }
}
