package io.tidescope.tree.match;

import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Ways from a node of one tree to others. */
final class Relatives {
    static final int NONE = -1;

    /** The nodes a relation leads to, one after the other. */
    interface Way {
        int first();

        /**
         * @param stop whether to go no further in the direction of this node
         */
        int next(int node, boolean stop);
    }

    private final SyntaxTree tree;
    private int @Nullable [] parents;
    private long[] siblings = new long[0];
    private int siblingsParent = NONE;

    Relatives(SyntaxTree tree) {
        this.tree = tree;
    }

    /** The parent; {@link #NONE} for the root. */
    int parent(int node) {
        int[] known = parents;
        if (known == null) {
            known = new int[tree.nodeCount()];
            Arrays.fill(known, NONE);
            for (int n = 0; n < known.length; n++) {
                int end = tree.subtreeEnd(n);
                for (int child = n + 1; child < end; child = tree.subtreeEnd(child)) {
                    known[child] = n;
                }
            }
            parents = known;
        }
        return known[node];
    }

    int[] children(int node) {
        int end = tree.subtreeEnd(node);
        int count = 0;
        for (int child = node + 1; child < end; child = tree.subtreeEnd(child)) {
            count++;
        }
        int[] children = new int[count];
        int i = 0;
        for (int child = node + 1; child < end; child = tree.subtreeEnd(child)) {
            children[i++] = child;
        }
        return children;
    }

    /** The children, with annotations and modifiers mixed as they are in the source. */
    int[] childrenWithModifiersMixed(int node) {
        int[] children = children(node);
        int count = 0;
        while (count < children.length && isModifier(tree.role(children[count]))) {
            count++;
        }
        // There are few, and mostly in order.
        for (int i = 1; i < count; i++) {
            int moved = children[i];
            int at = i;
            while (at > 0 && place(children[at - 1]) > place(moved)) {
                children[at] = children[at - 1];
                at--;
            }
            children[at] = moved;
        }
        return children;
    }

    /**
     * Whether a node's annotations and modifiers are mixed in the tree as they are in the source.
     */
    boolean areModifiersInOrder(int node) {
        int end = tree.subtreeEnd(node);
        int before = -1;
        for (int child = node + 1;
                child < end && isModifier(tree.role(child));
                child = tree.subtreeEnd(child)) {
            if (tree.start(child) < before) {
                return false;
            }
            before = tree.start(child);
        }
        return true;
    }

    static boolean isModifier(Role role) {
        return role == Role.ANNOTATIONS || role == Role.MODIFIERS;
    }

    /**
     * A node and what follows it in the same list of its parent.
     *
     * @param limit how many at most
     */
    int[] listFrom(int node, int limit) {
        int parent = parent(node);
        int end = parent == NONE ? tree.subtreeEnd(node) : tree.subtreeEnd(parent);
        Role role = tree.role(node);
        return IntStream.iterate(node, n -> n < end && tree.role(n) == role, tree::subtreeEnd)
                .limit(limit)
                .toArray();
    }

    /** Whether no node before this one is in the same list. */
    boolean isFirstInList(int node) {
        int parent = parent(node);
        if (parent == NONE) {
            return true;
        }
        int first = parent + 1;
        while (tree.role(first) != tree.role(node)) {
            first = tree.subtreeEnd(first);
        }
        return first == node;
    }

    Way way(Rule.Relation relation, int node) {
        return switch (relation) {
            case INSIDE -> new Ancestors(node);
            case HAS -> new Descendants(node);
            case PRECEDES -> new Siblings(node, true);
            case FOLLOWS -> new Siblings(node, false);
        };
    }

    /** The siblings in the order of the source, each as its {@link #place}; the last are kept. */
    private long[] siblings(int node) {
        int parent = parent(node);
        if (parent == NONE) {
            return new long[0];
        }
        if (parent != siblingsParent) {
            siblings =
                    Arrays.stream(children(parent))
                            .filter(tree::hasRange)
                            .mapToLong(this::place)
                            .sorted()
                            .toArray();
            siblingsParent = parent;
        }
        return siblings;
    }

    /** A number that sorts nodes by the source, and ends with the node. */
    private long place(int node) {
        return (long) tree.start(node) << Integer.SIZE | node;
    }

    private final class Ancestors implements Way {
        private final int node;

        Ancestors(int node) {
            this.node = node;
        }

        @Override
        public int first() {
            return parent(node);
        }

        @Override
        public int next(int ancestor, boolean stop) {
            return stop ? NONE : parent(ancestor);
        }
    }

    private final class Descendants implements Way {
        private final int node;

        Descendants(int node) {
            this.node = node;
        }

        @Override
        public int first() {
            return before(node + 1);
        }

        @Override
        public int next(int descendant, boolean stop) {
            return before(stop ? tree.subtreeEnd(descendant) : descendant + 1);
        }

        private int before(int next) {
            return next < tree.subtreeEnd(node) ? next : NONE;
        }
    }

    private final class Siblings implements Way {
        private final long[] siblings;
        private final int node;
        private final boolean behind;

        Siblings(int node, boolean behind) {
            this.siblings = siblings(node);
            this.node = node;
            this.behind = behind;
        }

        @Override
        public int first() {
            return next(node, false);
        }

        @Override
        public int next(int sibling, boolean stop) {
            int found = Arrays.binarySearch(siblings, place(sibling));
            int after = found < 0 ? -found - 1 : found + 1;
            int before = found < 0 ? -found - 2 : found - 1;
            int at = behind ? after : before;
            return stop || at < 0 || at >= siblings.length ? NONE : (int) siblings[at];
        }
    }
}
