package io.tidescope.tree;

import java.util.Arrays;

/**
 * The columns of a tree, one element a node; the first {@code size} of each are in use. Owned by
 * one {@link SyntaxTreeBuilder} or reader while it grows, never changed afterwards.
 */
final class TreeColumns {
    static final int BYTES_PER_NODE = 4 * Byte.BYTES + 4 * Integer.BYTES;

    int size;
    byte[] kinds;
    byte[] roles;
    int[] subtreeSizes;
    int[] starts;
    int[] ends;
    byte[] attributes;
    int[] nameStarts;

    /** Of the finished tree. */
    final NameMarks nameMarks = new NameMarks();

    TreeColumns(int capacity) {
        kinds = new byte[capacity];
        roles = new byte[capacity];
        subtreeSizes = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
        attributes = new byte[capacity];
        nameStarts = new int[capacity];
    }

    /** Makes room for one more node, its fields all zero. */
    void ensureRoom() {
        if (size < kinds.length) {
            return;
        }
        int capacity = size + (size >> 1) + 16;
        kinds = Arrays.copyOf(kinds, capacity);
        roles = Arrays.copyOf(roles, capacity);
        subtreeSizes = Arrays.copyOf(subtreeSizes, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        attributes = Arrays.copyOf(attributes, capacity);
        nameStarts = Arrays.copyOf(nameStarts, capacity);
    }
}
