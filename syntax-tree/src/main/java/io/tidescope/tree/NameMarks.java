package io.tidescope.tree;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * A byte for each node of a tree that tells most identifiers from each other: who looks for a name
 * goes over these, one behind the other, and not to the name of each node somewhere in the source.
 *
 * <p>They are made when so many names were read for want of them that they pay. Safe for concurrent
 * use.
 */
final class NameMarks {
    /** Of a node without a name, or with one that is not as the source says: it may be any. */
    static final byte ANY = 0;

    /** All names get marks when those of one in so many nodes were read. */
    private static final int NODES_PER_NAME_READ = 8;

    private static final int FACTOR = 31;

    private volatile byte @Nullable [] all;

    /** About, as several may count at the same time. */
    private int namesRead;

    /**
     * The first node from one on that is of one of the kinds and has a mark, or may have any name.
     *
     * @param tree whose names these are
     * @param mark not {@link #ANY}
     */
    int next(SyntaxTree tree, KindScan wanted, byte mark, int from) {
        int count = tree.nodeCount();
        int node = tree.next(wanted, from);
        byte[] marks = marks(tree);
        if (marks == null) {
            while (node < count && !isOrAny(of(tree, node), mark)) {
                namesRead++;
                node = tree.next(wanted, node + 1);
            }
        } else {
            while (node < count && !isOrAny(marks[node], mark)) {
                node = tree.next(wanted, node + 1);
            }
        }
        return node;
    }

    private static boolean isOrAny(byte found, byte wanted) {
        return found == wanted || found == ANY;
    }

    /** Null while so few names were read that the marks of all would have cost more. */
    private byte @Nullable [] marks(SyntaxTree tree) {
        byte[] known = all;
        if (known == null && namesRead >= tree.nodeCount() / NODES_PER_NAME_READ) {
            known = of(tree);
            all = known;
        }
        return known;
    }

    private static byte[] of(SyntaxTree tree) {
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

    private static byte of(SyntaxTree tree, int node) {
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
