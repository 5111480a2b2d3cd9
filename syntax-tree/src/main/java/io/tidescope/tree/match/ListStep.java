package io.tidescope.tree.match;

import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * Goes on with neighbours of a pattern at neighbours of the tree. A hole for any number takes as
 * few as it can, and more when the rest does not fit; all of a role when nothing else may have
 * them. When no name up to the next such hole is repeated, what stands before it is settled when it
 * is reached, which keeps the effort at the product of both lengths.
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
     * @param unmentioned what may be passed over
     */
    record Place(
            List<PatternNode> pattern,
            int[] nodes,
            int owner,
            boolean roles,
            boolean open,
            int choices,
            Unmentioned unmentioned) {
        /** Neighbours that are compared one by one, whatever their roles. */
        static Place of(
                List<PatternNode> pattern, int[] nodes, int owner, boolean open, int choices) {
            return new Place(pattern, nodes, owner, false, open, choices, Unmentioned.NOTHING);
        }

        /** The index of the first node that may not be passed over. */
        int behindUnmentioned(int expected, int found, SyntaxTree tree) {
            int at = found;
            while (at < nodes.length && roles && isUnmentioned(expected, at, tree)) {
                at++;
            }
            return at;
        }

        private boolean isUnmentioned(int expected, int at, SyntaxTree tree) {
            Role before = at > 0 ? tree.role(nodes[at - 1]) : null;
            return unmentioned.mayStand(pattern, expected, before, nodes[at], tree);
        }

        /** Whether the lists are the same, when there is but one way to compare them. */
        boolean holds(Matcher matcher) {
            int expected = 0;
            int found = 0;
            while (true) {
                matcher.step();
                found = behindUnmentioned(expected, found, matcher.tree);
                if (expected == pattern.size()) {
                    return isAtEnd(found, matcher);
                }
                PatternNode node = pattern.get(expected);
                if (node.isMany()) {
                    int taken = takenByAll(node, expected, found, matcher);
                    if (taken < 0 || !bind(expected, found, taken, matcher)) {
                        return false;
                    }
                    found += taken;
                } else if (fits(node, found, matcher.tree)
                        && PatternTrial.node(matcher, node, nodes[found], Task.DONE) != null) {
                    found++;
                } else {
                    return false;
                }
                expected++;
            }
        }

        /** Whether a list may end here that all of the pattern was found in. */
        boolean isAtEnd(int found, Matcher matcher) {
            if (!open) {
                return found == nodes.length;
            }
            matcher.extend(owner, matcher.tree.end(nodes[found - 1]));
            return true;
        }

        /** How many nodes a hole takes that takes all; negative when that leaves too few. */
        int takenByAll(PatternNode hole, int expected, int found, Matcher matcher) {
            int most = nodes.length - found - neededFrom(expected + 1);
            int taken = 0;
            while (taken < most && fits(hole, found + taken, matcher.tree)) {
                matcher.step();
                taken++;
            }
            return most < 0 ? -1 : taken;
        }

        /** Binds a hole for many to so many nodes. */
        boolean bind(int expected, int found, int taken, Matcher matcher) {
            Slot hole = pattern.get(expected).hole();
            return hole == null
                    || !hole.captures()
                    || matcher.bindings.bind(hole, several(expected, found, taken, matcher.tree));
        }

        private Captured several(int expected, int found, int taken, SyntaxTree tree) {
            if (taken == 0) {
                return new Captured.Nothing(
                        new EmptyPlace(
                                tree,
                                pattern.get(expected),
                                owner,
                                found > 0 ? nodes[found - 1] : Relatives.NONE,
                                found < nodes.length ? nodes[found] : Relatives.NONE,
                                roles));
            }
            return new Captured.Listed(
                    Arrays.copyOfRange(nodes, found, found + taken),
                    tree.start(nodes[found]),
                    tree.end(nodes[found + taken - 1]));
        }

        boolean fits(PatternNode node, int index, SyntaxTree tree) {
            return index < nodes.length && (!roles || node.fits(tree.role(nodes[index])));
        }

        /** Whether all that fits the hole is its own: nothing behind it could have any of it. */
        boolean takesAll(int hole) {
            if (hole + 1 == pattern.size()) {
                return true;
            }
            PatternNode next = pattern.get(hole + 1);
            return roles && !pattern.get(hole).fits(next.role());
        }

        /**
         * Whether other choices before a hole for any number cannot help what follows: it takes
         * whatever they would have, unless the node that ends what they chose is of another role.
         */
        boolean isSettledAt(int hole) {
            int before = hole - 1;
            while (before >= 0 && pattern.get(before).isMany()) {
                before--;
            }
            return !roles || before < 0 || pattern.get(hole).fits(pattern.get(before).role());
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

        boolean repeatsUpTo(int index) {
            for (int i = 0; i <= index; i++) {
                if (pattern.get(i).repeats()) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public @Nullable Task run(Matcher matcher, Task rest) {
        int behind = place.behindUnmentioned(expected, found, matcher.tree);
        return behind == found
                ? compare(matcher, rest)
                : new ListStep(place, expected, behind).compare(matcher, rest);
    }

    private @Nullable Task compare(Matcher matcher, Task rest) {
        if (expected == place.pattern().size()) {
            return place.isAtEnd(found, matcher) ? rest : null;
        }
        PatternNode node = place.pattern().get(expected);
        if (!node.isMany()) {
            return place.fits(node, found, matcher.tree)
                    ? PatternTrial.node(
                            matcher,
                            node,
                            place.nodes()[found],
                            new Task(new ListStep(place, expected + 1, found + 1), rest))
                    : null;
        }
        if (!place.repeatsUpTo(expected) && place.isSettledAt(expected)) {
            matcher.cut(place.choices());
        }
        if (!place.takesAll(expected)) {
            int most = place.nodes().length - found - place.neededFrom(expected + 1);
            return take(0, most, matcher, rest);
        }
        int taken = place.takenByAll(node, expected, found, matcher);
        return taken < 0 ? null : fill(taken, matcher, rest);
    }

    private @Nullable Task take(int taken, int most, Matcher matcher, Task rest) {
        if (taken > most) {
            return null;
        }
        PatternNode node = place.pattern().get(expected);
        if (taken < most && place.fits(node, found + taken, matcher.tree)) {
            matcher.otherwise(new Task((again, next) -> take(taken + 1, most, again, next), rest));
        }
        return fill(taken, matcher, rest);
    }

    private @Nullable Task fill(int taken, Matcher matcher, Task rest) {
        return place.bind(expected, found, taken, matcher)
                ? new Task(new ListStep(place, expected + 1, found + taken), rest)
                : null;
    }
}
