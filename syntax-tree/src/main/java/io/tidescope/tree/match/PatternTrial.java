package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Tries a pattern at nodes. */
final class PatternTrial implements Trial {
    private final List<CompiledPattern.Node> roots;

    PatternTrial(CompiledPattern pattern) {
        this.roots = pattern.roots();
    }

    @Override
    public @Nullable Task begin(Matcher matcher, int node, Task rest) {
        CompiledPattern.Node root = roots.getFirst();
        if (roots.size() == 1) {
            return root.hole() == null
                    ? sameNode(matcher, root, node, rest)
                    : fill(matcher, root.hole(), node, rest);
        }
        Relatives relatives = matcher.relatives;
        if (root.isMany() && !relatives.isFirstInList(node)) {
            return null;
        }
        boolean many = roots.stream().anyMatch(CompiledPattern.Node::isMany);
        int limit = many ? Integer.MAX_VALUE : roots.size();
        return new ListStep(
                        new ListStep.Place(
                                roots,
                                relatives.listFrom(node, limit),
                                node,
                                false,
                                true,
                                matcher.choices()),
                        0,
                        0)
                .run(matcher, rest);
    }

    /** Goes on with a node of the pattern, below its root, at a node of the tree. */
    static @Nullable Task node(Matcher matcher, CompiledPattern.Node wanted, int node, Task rest) {
        SyntaxTree tree = matcher.tree;
        CompiledPattern.Node expected = wanted;
        int found = node;
        while (expected.kind() == NodeKind.ENCLOSED_EXPR && expected.children().size() == 1) {
            expected = expected.children().getFirst();
            if (tree.kind(found) == NodeKind.ENCLOSED_EXPR && tree.subtreeSize(found) > 1) {
                found++;
            }
        }
        if (expected.hole() != null) {
            return fill(matcher, expected.hole(), found, rest);
        }
        found = matcher.withoutParentheses(found);
        if (expected.body()) {
            boolean block = expected.kind() == NodeKind.BLOCK_STMT;
            if (block && tree.kind(found) != NodeKind.BLOCK_STMT) {
                return new ListStep(
                                new ListStep.Place(
                                        expected.children(),
                                        new int[] {found},
                                        found,
                                        false,
                                        false,
                                        matcher.choices()),
                                0,
                                0)
                        .run(matcher, rest);
            }
            if (!block) {
                found = Bodies.onlyStatement(tree, found);
            }
        }
        return sameNode(matcher, expected, found, rest);
    }

    private static @Nullable Task fill(Matcher matcher, Hole hole, int node, Task rest) {
        SyntaxTree tree = matcher.tree;
        return tree.hasRange(node)
                        && matcher.bindings.bind(
                                hole, new Captured.One(node, tree.start(node), tree.end(node)))
                ? rest
                : null;
    }

    /** The kinds, attributes and texts are the same; then their children must be. */
    private static @Nullable Task sameNode(
            Matcher matcher, CompiledPattern.Node expected, int node, Task rest) {
        SyntaxTree tree = matcher.tree;
        int bits = expected.comparedBits();
        if (tree.kind(node) != expected.kind()
                || (tree.attributeBits(node) & bits) != (expected.attributes() & bits)
                || !sameText(matcher, expected, node)
                || !hasLists(matcher, expected, node)) {
            return null;
        }
        if (expected.children().isEmpty()) {
            return tree.subtreeSize(node) == 1 ? rest : null;
        }
        int choices = matcher.choices();
        int[] children =
                expected.modifiersMixed()
                        ? matcher.relatives.childrenWithModifiersMixed(node)
                        : matcher.relatives.children(node);
        Task then = expected.many() && !expected.repeats() ? staying(choices, rest) : rest;
        return new Task(
                new ListStep(
                        new ListStep.Place(
                                expected.children(), children, node, true, false, choices),
                        0,
                        0),
                then);
    }

    /** Other choices before this would not help what comes after it. */
    static Task staying(int choices, Task rest) {
        return new Task(
                (matcher, next) -> {
                    matcher.cut(choices);
                    return next;
                },
                rest);
    }

    private static boolean sameText(Matcher matcher, CompiledPattern.Node expected, int node) {
        SyntaxTree tree = matcher.tree;
        Hole hole = expected.textHole();
        if (hole == null) {
            byte[] text = expected.text();
            return text == null ? !tree.hasText(node) : matcher.texts.is(node, text);
        }
        if (!tree.hasText(node)) {
            return false;
        }
        int start = tree.textStart(node);
        Captured name =
                start < 0
                        ? new Captured.Name(node, tree.start(node), tree.start(node))
                        : new Captured.Name(node, start, tree.textEnd(node));
        return matcher.bindings.bind(hole, name);
    }

    private static boolean hasLists(Matcher matcher, CompiledPattern.Node expected, int node) {
        for (CompiledPattern.OpenList list : expected.openLists()) {
            boolean present = (matcher.tree.attributeBits(node) & list.flag()) != 0;
            int end = matcher.tree.subtreeEnd(node);
            for (int child = node + 1;
                    !present && child < end;
                    child = matcher.tree.subtreeEnd(child)) {
                present = matcher.tree.role(child) == list.role();
            }
            if (!present) {
                return false;
            }
        }
        return true;
    }
}
