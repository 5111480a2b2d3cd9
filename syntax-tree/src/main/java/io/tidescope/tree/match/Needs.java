package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads off a rule what a tree must hold for it. */
final class Needs {
    private static final Need ANYTHING = new Need.Anything();

    private Needs() {}

    static Need of(Rule rule) {
        return switch (rule) {
            case Rule.Matches matches -> of(matches.pattern());
            case Rule.OfKind kind -> new Need.Kind(kind.kinds());
            case Rule.Text text -> ANYTHING;
            case Rule.All all -> all(all.rules().stream().map(Needs::of).toList());
            case Rule.Any any -> any(any.rules().stream().map(Needs::of).toList());
            case Rule.Not not -> ANYTHING;
            case Rule.Related related -> of(related.rule());
            case Rule.Constrained constrained -> {
                var needs = new LinkedHashSet<Need>();
                needs.add(of(constrained.rule()));
                constrained
                        .constraints()
                        .forEach(
                                (hole, constraint) -> {
                                    if (isCaptured(hole, constrained.rule())) {
                                        needs.add(ofConstraint(constraint));
                                    }
                                });
                yield all(needs);
            }
        };
    }

    /** Whether a hole stands for something wherever the rule holds. */
    private static boolean isCaptured(String hole, Rule rule) {
        return switch (rule) {
            case Rule.Matches matches -> {
                var names = new HashSet<String>();
                matches.pattern().forEachHole((each, node) -> names.add(each.name()));
                yield names.contains(hole);
            }
            case Rule.All all -> all.rules().stream().anyMatch(each -> isCaptured(hole, each));
            case Rule.Any any -> any.rules().stream().allMatch(each -> isCaptured(hole, each));
            case Rule.Related related -> isCaptured(hole, related.rule());
            case Rule.Constrained constrained -> isCaptured(hole, constrained.rule());
            case Rule.Not not -> false;
            case Rule.OfKind kind -> false;
            case Rule.Text text -> false;
        };
    }

    /** A hole may stand for a name, which is in a tree without being a node. */
    private static Need ofConstraint(Rule rule) {
        return switch (rule) {
            case Rule.Matches matches ->
                    matches.pattern()
                            .plainName()
                            .<Need>map(Need.Identifier::new)
                            .orElseGet(() -> of(matches));
            case Rule.OfKind kind ->
                    kind.kinds().contains(NodeKind.NAME_EXPR) ? ANYTHING : of(kind);
            case Rule.All all -> all(all.rules().stream().map(Needs::ofConstraint).toList());
            case Rule.Any any -> any(any.rules().stream().map(Needs::ofConstraint).toList());
            default -> of(rule);
        };
    }

    private static Need of(Pattern pattern) {
        var needs = new LinkedHashSet<Need>();
        for (int root : pattern.roots()) {
            add(pattern, root, needs);
        }
        return all(needs);
    }

    private static void add(Pattern pattern, int node, Set<Need> needs) {
        SyntaxTree tree = pattern.tree();
        if (pattern.nodeHoles().containsKey(node) || Shapes.standsForParameters(pattern, node)) {
            return;
        }
        NodeKind kind = tree.kind(node);
        // Equality looks through parentheses and blocks: they need not be there.
        if (kind != NodeKind.ENCLOSED_EXPR && kind != NodeKind.BLOCK_STMT) {
            needs.add(new Need.Kind(Shapes.kinds(pattern, node)));
        }
        if (tree.hasText(node) && !pattern.textHoles().containsKey(node)) {
            String text = tree.text(node);
            needs.add(
                    kind.textProperty().equals("value")
                            ? new Need.Literal(text)
                            : new Need.Identifier(text));
        }
        int end = tree.subtreeEnd(node);
        for (int child = node + 1; child < end; child = tree.subtreeEnd(child)) {
            add(pattern, child, needs);
        }
    }

    private static Need all(Iterable<Need> parts) {
        var needs = new LinkedHashSet<Need>();
        for (Need part : parts) {
            switch (part) {
                case Need.Anything anything -> {}
                case Need.All all -> needs.addAll(all.needs());
                default -> needs.add(part);
            }
        }
        return switch (needs.size()) {
            case 0 -> ANYTHING;
            case 1 -> needs.getFirst();
            default -> new Need.All(List.copyOf(needs));
        };
    }

    private static Need any(List<Need> parts) {
        if (parts.contains(ANYTHING)) {
            return ANYTHING;
        }
        List<Need> needs = parts.stream().distinct().toList();
        return needs.size() == 1 ? needs.getFirst() : new Need.Any(needs);
    }
}
