package io.tidescope.tree.match;

import io.tidescope.tree.SyntaxTree;

/**
 * What a hole stands for in a tree, while it is being matched. Where that is in the source is
 * looked up when it is asked for, as most nodes that may be a match are none.
 */
sealed interface Captured {
    int start();

    int end();

    /** A node. */
    record One(SyntaxTree tree, int node) implements Captured {
        @Override
        public int start() {
            return tree.start(node);
        }

        @Override
        public int end() {
            return tree.end(node);
        }
    }

    /**
     * An identifier or a literal's value.
     *
     * @param owner the node whose text it is
     */
    record Name(SyntaxTree tree, int owner) implements Captured {
        @Override
        public int start() {
            int start = tree.textStart(owner);
            return start < 0 ? tree.start(owner) : start;
        }

        @Override
        public int end() {
            int start = tree.textStart(owner);
            return start < 0
                    ? Math.max(tree.start(owner), tree.textEnd(owner))
                    : tree.textEnd(owner, start);
        }
    }

    /** Neighbours in a list. */
    sealed interface Several extends Captured {
        /** Not changed any more. */
        int[] nodes();
    }

    /** Neighbours that stand in the tree as they do in the source; at least one. */
    record Neighbours(SyntaxTree tree, int first, int last) implements Several {
        @Override
        public int[] nodes() {
            int count = 1;
            for (int node = first; node < last; node = tree.subtreeEnd(node)) {
                count++;
            }
            int[] nodes = new int[count];
            int node = first;
            for (int i = 0; i < count; i++) {
                nodes[i] = node;
                node = tree.subtreeEnd(node);
            }
            return nodes;
        }

        @Override
        public int start() {
            return tree.start(first);
        }

        @Override
        public int end() {
            return tree.end(last);
        }
    }

    /** Neighbours in any order; at least one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Listed(int[] nodes, int start, int end) implements Several {}

    /** No neighbours. */
    record Nothing(EmptyPlace place) implements Several {
        private static final int[] NONE = new int[0];

        @Override
        public int[] nodes() {
            return NONE;
        }

        @Override
        public int start() {
            return place.offset();
        }

        @Override
        public int end() {
            return place.offset();
        }
    }

    /** Where a match ends, when that is not where its node does. */
    record Extent(int end) implements Captured {
        @Override
        public int start() {
            return end;
        }
    }

    /** The node, or -1 when it is an identifier or a list. */
    default int nodeOrNone() {
        return this instanceof One one ? one.node() : -1;
    }
}
