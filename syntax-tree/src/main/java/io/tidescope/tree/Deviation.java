package io.tidescope.tree;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is unusual about one node, kept beside the columns because almost no node has it.
 *
 * @param node the node
 * @param unparsable JavaParser gave up on this node and skipped to where it could go on
 * @param named whether {@code nameStart} and {@code nameEnd} replace the place of the node's name
 * @param nameStart byte offset of the name's range; negative when it stands nowhere in the source
 * @param nameEnd byte offset after the name's range, which takes in the brackets of {@code int a[]}
 * @param text the text, when it is not what the source says at its place
 * @param positions the node's place, when it is not a range of the source
 */
record Deviation(
        int node,
        boolean unparsable,
        boolean named,
        int nameStart,
        int nameEnd,
        @Nullable String text,
        @Nullable Positions positions) {

    /**
     * That of a node; null when it has none.
     *
     * @param all in the order of their nodes
     */
    static @Nullable Deviation find(List<Deviation> all, int node) {
        int low = 0;
        int high = all.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Deviation deviation = all.get(middle);
            if (deviation.node() == node) {
                return deviation;
            }
            if (deviation.node() < node) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    static Deviation none(int node) {
        return new Deviation(node, false, false, -1, -1, null, null);
    }

    Deviation withUnparsable() {
        return new Deviation(node, true, named, nameStart, nameEnd, text, positions);
    }

    Deviation withName(int start, int end) {
        return new Deviation(node, unparsable, true, start, end, text, positions);
    }

    Deviation withText(String replacement) {
        return new Deviation(node, unparsable, named, nameStart, nameEnd, replacement, positions);
    }

    Deviation withPositions(Positions place) {
        return new Deviation(node, unparsable, named, nameStart, nameEnd, text, place);
    }
}
