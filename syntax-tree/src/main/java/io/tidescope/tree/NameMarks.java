package io.tidescope.tree;

import java.nio.charset.StandardCharsets;

/**
 * A byte for each node of a tree that tells most identifiers from each other: who looks for a name
 * goes over these, one behind the other, and not to the name of each node somewhere in the source.
 */
final class NameMarks {
    /** Of a node without a name, or with one that is not as the source says: it may be any. */
    static final byte ANY = 0;

    private static final int FACTOR = 31;

    private NameMarks() {}

    static byte[] of(SyntaxTree tree) {
        TreeColumns columns = tree.columns();
        byte[] source = tree.sourceBytes();
        byte[] marks = new byte[columns.size];
        for (int node = 0; node < marks.length; node++) {
            marks[node] = of(source, columns.nameStarts[node]);
        }
        for (Deviation deviation : tree.deviations()) {
            marks[deviation.node()] = ANY;
        }
        return marks;
    }

    /** The mark of one node. */
    static byte of(SyntaxTree tree, int node) {
        return tree.isDeviant(node) ? ANY : of(tree.sourceBytes(), tree.columns().nameStarts[node]);
    }

    private static byte of(byte[] source, int nameStart) {
        return nameStart < 0
                ? ANY
                : of(source, nameStart, NodeText.identifierEnd(source, nameStart));
    }

    /** The mark of a name; {@link #ANY} when it is not an identifier. */
    static byte of(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return NodeText.identifierEnd(utf8, 0) == utf8.length ? of(utf8, 0, utf8.length) : ANY;
    }

    private static byte of(byte[] source, int start, int end) {
        int hash = 0;
        for (int at = start; at < end; at++) {
            hash = FACTOR * hash + source[at];
        }
        hash ^= hash >>> Short.SIZE;
        hash ^= hash >>> Byte.SIZE;
        return (byte) hash == ANY ? 1 : (byte) hash;
    }
}
