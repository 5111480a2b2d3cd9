package io.tidescope.tree.match;

import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes on with neighbours of a pattern at neighbours of the tree. A hole for any number takes as
 * few as it can, and more when the rest does not fit; all of a role when nothing else may have
 * them. When no name is repeated, what stands before the next such hole is settled when that is
 * reached, which keeps the effort at the product of both lengths.
 */
record ListStep(Place place, int expected, int found) implements Task.Step {
    /**
     * The two lists.
     *
     * @param nodes neighbours in the tree
     * @param owner their parent, or a node near them
     * @param roles whether the roles must be the same
     * @param open whether nodes may be left over at the end
     * @param choices how many there were before
     */
    record Place(
            List<CompiledPattern.Node> pattern,
            int[] nodes,
            int owner,
            boolean roles,
            boolean open,
            int choices) {
        boolean fits(CompiledPattern.Node node, int index, SyntaxTree tree) {
            return index < nodes.length && (!roles || node.fits(tree.role(nodes[index])));
        }

        /** Whether all that fits the hole is its own: nothing behind it could have any of it. */
        boolean takesAll(int hole) {
            if (hole + 1 == pattern.size()) {
                return true;
            }
            CompiledPattern.Node next = pattern.get(hole + 1);
            return roles && !pattern.get(hole).fits(next.role());
        }

        /**
         * Whether other choices before a hole for any number cannot help what follows: it takes
         * whatever they would have, unless that is of another role.
         */
        boolean isSettledAt(int hole) {
            return !roles || hole == 0 || pattern.get(hole).fits(pattern.get(hole - 1).role());
        }

        /** Nodes that what follows needs at least. */
        int neededFrom(int index) {
            int needed = 0;
            for (int i = index; i < pattern.size(); i++) {
                if (!pattern.get(i).isMany()) {
                    needed++;
                }
            }
            return needed;
        }

        boolean repeatsBefore(int index) {
            for (int i = 0; i < index; i++) {
                if (pattern.get(i).repeats()) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public @Nullable Task run(Matcher matcher, Task rest) {
        if (expected == place.pattern().size()) {
            if (!place.open()) {
                return found == place.nodes().length ? rest : null;
            }
            matcher.extend(place.owner(), place.nodes()[found - 1]);
            return rest;
        }
        CompiledPattern.Node node = place.pattern().get(expected);
        if (!node.isMany()) {
            return place.fits(node, found, matcher.tree)
                    ? PatternTrial.node(
                            matcher,
                            node,
                            place.nodes()[found],
                            new Task(new ListStep(place, expected + 1, found + 1), rest))
                    : null;
        }
        if (!place.repeatsBefore(expected) && place.isSettledAt(expected)) {
            matcher.cut(place.choices());
        }
        int most = place.nodes().length - found - place.neededFrom(expected + 1);
        if (!place.takesAll(expected)) {
            return take(0, most, matcher, rest);
        }
        int taken = 0;
        while (taken < most && place.fits(node, found + taken, matcher.tree)) {
            matcher.step();
            taken++;
        }
        return most >= 0 ? fill(taken, matcher, rest) : null;
    }

    private @Nullable Task take(int taken, int most, Matcher matcher, Task rest) {
        if (taken > most) {
            return null;
        }
        CompiledPattern.Node node = place.pattern().get(expected);
        if (taken < most && place.fits(node, found + taken, matcher.tree)) {
            matcher.otherwise(new Task((again, next) -> take(taken + 1, most, again, next), rest));
        }
        return fill(taken, matcher, rest);
    }

    private @Nullable Task fill(int taken, Matcher matcher, Task rest) {
        Hole hole = place.pattern().get(expected).hole();
        if (hole != null
                && hole.captures()
                && !matcher.bindings.bind(hole, several(taken, matcher))) {
            return null;
        }
        return new Task(new ListStep(place, expected + 1, found + taken), rest);
    }

    private Captured several(int taken, Matcher matcher) {
        SyntaxTree tree = matcher.tree;
        if (taken == 0) {
            int at = EmptyPlace.of(tree, place, expected, found);
            return new Captured.Several(List.of(), at, at);
        }
        var nodes = new ArrayList<Integer>(taken);
        for (int i = found; i < found + taken; i++) {
            nodes.add(place.nodes()[i]);
        }
        return new Captured.Several(nodes, tree.start(nodes.getFirst()), tree.end(nodes.getLast()));
    }
}
