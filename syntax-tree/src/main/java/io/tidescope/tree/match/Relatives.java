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
        sortBySource(children, count);
        return children;
    }

    static boolean isModifier(Role role) {
        return role == Role.ANNOTATIONS || role == Role.MODIFIERS;
    }

    /** A node and what follows it in the same list of its parent. */
    int[] listFrom(int node) {
        int parent = parent(node);
        if (parent == NONE) {
            return new int[] {node};
        }
        Role role = tree.role(node);
        return Arrays.stream(children(parent))
                .filter(child -> child >= node && tree.role(child) == role)
                .toArray();
    }

    /** Whether no node before this one is in the same list. */
    boolean isFirstInList(int node) {
        int parent = parent(node);
        Role role = tree.role(node);
        return parent == NONE
                || Arrays.stream(children(parent))
                        .noneMatch(child -> child < node && tree.role(child) == role);
    }

    Way way(Rule.Relation relation, int node) {
        return switch (relation) {
            case INSIDE -> new Ancestors(node);
            case HAS -> new Descendants(node);
            case PRECEDES -> new Siblings(siblings(node), node, 1);
            case FOLLOWS -> new Siblings(siblings(node), node, -1);
        };
    }

    private int[] siblings(int node) {
        int parent = parent(node);
        if (parent == NONE) {
            return new int[] {node};
        }
        int[] siblings =
                Arrays.stream(children(parent))
                        .filter(n -> n == node || tree.hasRange(n))
                        .toArray();
        sortBySource(siblings, siblings.length);
        return siblings;
    }

    private void sortBySource(int[] nodes, int count) {
        int[] sorted =
                IntStream.range(0, count)
                        .mapToLong(i -> (long) tree.start(nodes[i]) << 32 | nodes[i])
                        .sorted()
                        .mapToInt(key -> (int) key)
                        .toArray();
        System.arraycopy(sorted, 0, nodes, 0, count);
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

    private record Siblings(int[] siblings, int node, int step) implements Way {
        @Override
        public int first() {
            return next(node, false);
        }

        @Override
        public int next(int sibling, boolean stop) {
            int at = 0;
            while (siblings[at] != sibling) {
                at++;
            }
            at += step;
            return stop || at < 0 || at >= siblings.length ? NONE : siblings[at];
        }
    }
}
