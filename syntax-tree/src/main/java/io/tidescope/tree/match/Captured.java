package io.tidescope.tree.match;

import io.tidescope.tree.SyntaxTree;

/** What a hole stands for in a tree, while it is being matched. */
sealed interface Captured {
    int start();

    int end();

    /** A node. */
    record One(int node, int start, int end) implements Captured {}

    /**
     * An identifier or a literal's value. Its place is looked up when it is asked for, for that
     * takes the source, and most nodes that may be a match are none.
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
            return Math.max(start(), tree.textEnd(owner));
        }
    }

    /** Neighbours in a list, which are not changed any more. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Several(int[] nodes, int start, int end) implements Captured {
        static final int[] NONE = new int[0];
    }

    default Match.Capture capture() {
        return new Match.Capture(this instanceof One one ? one.node() : -1, start(), end());
    }
}
