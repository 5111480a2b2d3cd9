package io.tidescope.tree.match;

import java.util.List;

/** What a hole stands for in a tree, while it is being matched. */
sealed interface Captured {
    int start();

    int end();

    /** A node. */
    record One(int node, int start, int end) implements Captured {}

    /**
     * An identifier or a literal's value.
     *
     * @param owner the node whose text it is
     */
    record Name(int owner, int start, int end) implements Captured {}

    /** Neighbours in a list. */
    record Several(List<Integer> nodes, int start, int end) implements Captured {
        public Several {
            nodes = List.copyOf(nodes);
        }
    }

    default Match.Capture capture() {
        return new Match.Capture(this instanceof One one ? one.node() : -1, start(), end());
    }
}
