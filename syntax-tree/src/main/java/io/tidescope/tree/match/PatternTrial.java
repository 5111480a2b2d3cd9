package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Tries a pattern at nodes. */
final class PatternTrial implements Trial {
    private final List<PatternNode> roots;
    private final boolean declaresVariable;

    PatternTrial(CompiledPattern pattern) {
        this.roots = pattern.roots();
        this.declaresVariable = Shapes.declaresVariable(roots.getFirst());
    }

    @Override
    public @Nullable Task begin(Matcher matcher, int node, Task rest) {
        PatternNode root = roots.getFirst();
        if (roots.size() == 1) {
            if (root.hole() != null) {
                return fill(matcher, root.hole(), node, rest);
            }
            return declaresVariable && Shapes.isInHeadOfFor(matcher.tree, node)
                    ? inHeadOfFor(matcher, root.children().getFirst(), node, rest)
                    : sameNode(matcher, root, node, rest);
        }
        if (root.isMany() && !matcher.relatives.isFirstInList(node)) {
            return null;
        }
        int choices = matcher.choices();
        if (root.isMany()) {
            return list(matcher, node, choices, 0).run(matcher, rest);
        }
        // The list is read only where its first node is right.
        return node(
                matcher,
                root,
                node,
                new Task((again, next) -> list(again, node, choices, 1).run(again, next), rest));
    }

    /**
     * @param behind how many of both lists were compared
     */
    private ListStep list(Matcher matcher, int node, int choices, int behind) {
        boolean many = roots.stream().anyMatch(PatternNode::isMany);
        int limit = many ? Integer.MAX_VALUE : roots.size();
        return new ListStep(
                ListStep.Place.of(
                        roots, matcher.relatives.listFrom(node, limit), node, true, choices),
                behind,
                behind);
    }

    /** A statement that declares a variable is one in the head of a {@code for} as well. */
    private static @Nullable Task inHeadOfFor(
            Matcher matcher, PatternNode variable, int node, Task rest) {
        return sameNode(
                matcher,
                variable,
                node,
                new Task(
                        (again, next) -> {
                            again.extend(node, Shapes.behindSemicolon(again.tree, node));
                            return next;
                        },
                        rest));
    }

    /** Goes on with a node of the pattern, below its root, at a node of the tree. */
    static @Nullable Task node(Matcher matcher, PatternNode wanted, int node, Task rest) {
        SyntaxTree tree = matcher.tree;
        PatternNode expected = wanted;
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
        found = Shapes.firstOfUnion(tree, matcher.withoutParentheses(found), expected.kind());
        if (expected.body()) {
            boolean block = expected.kind() == NodeKind.BLOCK_STMT;
            if (block && tree.kind(found) != NodeKind.BLOCK_STMT) {
                return onlyStatement(matcher, expected, found, rest);
            }
            if (!block) {
                found = Bodies.onlyStatement(tree, found);
            }
        }
        return sameNode(matcher, expected, found, rest);
    }

    /** Goes on with the pattern of a block at the only statement of a body. */
    private static @Nullable Task onlyStatement(
            Matcher matcher, PatternNode block, int statement, Task rest) {
        if (block.settled()) {
            return SettledList.onlyStatementHolds(matcher, block.children(), statement)
                    ? rest
                    : null;
        }
        ListStep.Place place =
                ListStep.Place.of(
                        block.children(),
                        new int[] {statement},
                        statement,
                        false,
                        matcher.choices());
        return new ListStep(place, 0, 0).run(matcher, rest);
    }

    private static @Nullable Task fill(Matcher matcher, Slot hole, int node, Task rest) {
        return matcher.tree.hasRange(node)
                        && (!hole.captures()
                                || matcher.bindings.bind(
                                        hole, new Captured.One(matcher.tree, node)))
                ? rest
                : null;
    }

    /** The kinds, attributes and texts are the same; then their children must be. */
    private static @Nullable Task sameNode(
            Matcher matcher, PatternNode wanted, int node, Task rest) {
        SyntaxTree tree = matcher.tree;
        PatternNode expected = wanted.shape(tree.kind(node), tree.attributeBits(node));
        int bits = expected.comparedBits();
        if (tree.kind(node) != expected.kind()
                || (tree.attributeBits(node) & bits) != (expected.attributes() & bits)
                || !sameText(matcher, expected, node)
                || !hasLists(matcher, expected, node)) {
            return null;
        }
        if (expected.children().isEmpty() && tree.subtreeSize(node) == 1) {
            return rest;
        }
        if (expected.settled()
                && (!expected.modifiersMixed() || matcher.relatives.areModifiersInOrder(node))) {
            return SettledList.holds(matcher, expected, node) ? rest : null;
        }
        int choices = matcher.choices();
        int[] children =
                expected.modifiersMixed()
                        ? matcher.relatives.childrenWithModifiersMixed(node)
                        : matcher.relatives.children(node);
        ListStep.Place place =
                new ListStep.Place(
                        expected.children(),
                        children,
                        node,
                        true,
                        false,
                        choices,
                        expected.unmentioned());
        if (expected.settled()) {
            return place.holds(matcher) ? rest : null;
        }
        Task then = expected.many() && !expected.repeats() ? staying(choices, rest) : rest;
        return new Task(new ListStep(place, 0, 0), then);
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

    private static boolean sameText(Matcher matcher, PatternNode expected, int node) {
        SyntaxTree tree = matcher.tree;
        Slot hole = expected.textHole();
        if (hole == null) {
            byte[] text = expected.text();
            return text == null ? !tree.hasText(node) : matcher.texts.is(node, text);
        }
        if (!tree.hasText(node) || Shapes.isConstructor(matcher.texts, tree.kind(node), node)) {
            return false;
        }
        return !hole.captures() || matcher.bindings.bind(hole, new Captured.Name(tree, node));
    }

    private static boolean hasLists(Matcher matcher, PatternNode expected, int node) {
        for (PatternNode.OpenList list : expected.openLists()) {
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
