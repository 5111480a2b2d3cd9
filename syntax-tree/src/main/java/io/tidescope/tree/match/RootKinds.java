package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;

import java.util.EnumSet;
import java.util.Set;

/** The kinds of the nodes at which a rule can hold at all. */
final class RootKinds {
    private RootKinds() {}

    /** By the kinds' ordinals. */
    static boolean[] of(Rule rule) {
        boolean[] possible = new boolean[NodeKind.values().length];
        for (NodeKind kind : kinds(rule)) {
            possible[kind.ordinal()] = true;
        }
        return possible;
    }

    private static Set<NodeKind> kinds(Rule rule) {
        return switch (rule) {
            case Rule.Matches matches -> kinds(matches.pattern());
            case Rule.OfKind kind -> kind.kinds();
            case Rule.All all -> {
                Set<NodeKind> common = EnumSet.allOf(NodeKind.class);
                all.rules().forEach(each -> common.retainAll(kinds(each)));
                yield common;
            }
            case Rule.Any any -> {
                Set<NodeKind> either = EnumSet.noneOf(NodeKind.class);
                any.rules().forEach(each -> either.addAll(kinds(each)));
                yield either;
            }
            case Rule.Constrained constrained -> kinds(constrained.rule());
            case Rule.Text text -> EnumSet.allOf(NodeKind.class);
            case Rule.Not not -> EnumSet.allOf(NodeKind.class);
            case Rule.Related related -> EnumSet.allOf(NodeKind.class);
        };
    }

    private static Set<NodeKind> kinds(Pattern pattern) {
        int root = pattern.roots().getFirst();
        NodeKind kind = pattern.tree().kind(root);
        // With several roots the first is no longer at a root, and parentheses around it may be
        // left
        // out; among statements and members there are none.
        return pattern.nodeHoles().containsKey(root)
                        || (pattern.roots().size() > 1 && kind == NodeKind.ENCLOSED_EXPR)
                ? EnumSet.allOf(NodeKind.class)
                : EnumSet.of(kind);
    }
}
