package io.tidescope.tree.match;

import io.tidescope.tree.KindSet;
import io.tidescope.tree.NodeKind;

/** The kinds of the nodes at which a rule can hold at all. */
final class RootKinds {
    private RootKinds() {}

    static KindSet of(Rule rule) {
        return switch (rule) {
            case Rule.Matches matches -> of(matches.pattern());
            case Rule.OfKind kind -> KindSet.of(kind.kinds());
            case Rule.All all ->
                    all.rules().stream().map(RootKinds::of).reduce(KindSet.ALL, KindSet::and);
            case Rule.Any any ->
                    any.rules().stream().map(RootKinds::of).reduce(KindSet.NONE, KindSet::or);
            case Rule.Constrained constrained -> of(constrained.rule());
            case Rule.Text text -> KindSet.ALL;
            case Rule.Not not -> KindSet.ALL;
            case Rule.Related related -> KindSet.ALL;
        };
    }

    private static KindSet of(Pattern pattern) {
        int root = pattern.roots().getFirst();
        NodeKind kind = pattern.tree().kind(root);
        // With several roots the first is no longer at a root, and parentheses around it may be
        // left out; among statements and members there are none.
        return pattern.nodeHoles().containsKey(root)
                        || (pattern.roots().size() > 1 && kind == NodeKind.ENCLOSED_EXPR)
                ? KindSet.ALL
                : KindSet.of(Shapes.kinds(pattern, root));
    }
}
