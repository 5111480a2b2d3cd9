package io.tidescope.tree.match;

import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Compares nodes below one with those of a pattern where there is but one way to: they are gone
 * over in the tree itself, and nothing is remembered of it but what holes stand for. The same as
 * {@link ListStep} otherwise.
 */
final class SettledList {
    private SettledList() {}

    /**
     * Whether the children of a node are as the pattern wants them.
     *
     * @param owner one whose children stand in the tree as they do in the source
     */
    static boolean holds(Matcher matcher, PatternNode pattern, int owner) {
        SyntaxTree tree = matcher.tree;
        List<PatternNode> wanted = pattern.children();
        int end = tree.subtreeEnd(owner);
        int before = Relatives.NONE;
        int child = owner + 1;
        for (int expected = 0; ; expected++) {
            matcher.step();
            while (child < end && isUnmentioned(pattern, expected, before, child, tree)) {
                before = child;
                child = tree.subtreeEnd(child);
            }
            if (expected == wanted.size()) {
                return child == end;
            }
            PatternNode next = wanted.get(expected);
            if (next.isMany()) {
                int first = child;
                int last = before;
                // All that fit are its own: what comes behind it is of another role.
                while (child < end && next.fits(tree.role(child))) {
                    matcher.step();
                    last = child;
                    child = tree.subtreeEnd(child);
                }
                Slot hole = next.hole();
                if (hole != null
                        && hole.captures()
                        && !matcher.bindings.bind(
                                hole,
                                first < child
                                        ? new Captured.Neighbours(tree, first, last)
                                        : new Captured.Nothing(
                                                new EmptyPlace(
                                                        tree,
                                                        next,
                                                        owner,
                                                        before,
                                                        child < end ? child : Relatives.NONE,
                                                        true)))) {
                    return false;
                }
                before = last;
            } else if (child < end
                    && next.fits(tree.role(child))
                    && PatternTrial.node(matcher, next, child, Task.DONE) != null) {
                before = child;
                child = tree.subtreeEnd(child);
            } else {
                return false;
            }
        }
    }

    private static boolean isUnmentioned(
            PatternNode pattern, int expected, int before, int node, SyntaxTree tree) {
        @Nullable Role role = before == Relatives.NONE ? null : tree.role(before);
        return pattern.unmentioned().mayStand(pattern.children(), expected, role, node, tree);
    }

    /** Whether a statement is all that the pattern of a block wants. */
    static boolean onlyStatementHolds(Matcher matcher, List<PatternNode> wanted, int statement) {
        boolean found = false;
        for (PatternNode next : wanted) {
            matcher.step();
            if (next.isMany()) {
                Slot hole = next.hole();
                Captured captured =
                        found
                                ? new Captured.Nothing(
                                        new EmptyPlace(
                                                matcher.tree,
                                                next,
                                                statement,
                                                statement,
                                                Relatives.NONE,
                                                false))
                                : new Captured.Neighbours(matcher.tree, statement, statement);
                found = true;
                if (hole != null && !matcher.bindings.bind(hole, captured)) {
                    return false;
                }
            } else if (!found && PatternTrial.node(matcher, next, statement, Task.DONE) != null) {
                found = true;
            } else {
                return false;
            }
        }
        return found;
    }
}
