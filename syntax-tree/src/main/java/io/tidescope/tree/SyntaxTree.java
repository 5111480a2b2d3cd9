package io.tidescope.tree;

import java.nio.ByteBuffer;

/**
 * A file's syntax tree as flat columns in pre-order over the file's own source bytes (UTF-8).
 *
 * <p>Nodes are numbered from 0, the root, in pre-order; the children of {@code n} start at {@code n
 * + 1}, the next sibling of {@code n} is {@code n + subtreeSize(n)}. Immutable.
 */
public final class SyntaxTree {
    /** Reads what {@link #toBytes()} wrote. */
    public static SyntaxTree read(ByteBuffer bytes, ByteBuffer source) {
        throw new UnsupportedOperationException("not built yet: " + bytes + source);
    }

    public byte[] toBytes() {
        throw new UnsupportedOperationException("not built yet");
    }

    public int nodeCount() {
        throw new UnsupportedOperationException("not built yet");
    }

    public NodeKind kind(int node) {
        throw new UnsupportedOperationException("not built yet: " + node);
    }

    public Role role(int node) {
        throw new UnsupportedOperationException("not built yet: " + node);
    }

    /** Nodes below and including this one. */
    public int subtreeSize(int node) {
        throw new UnsupportedOperationException("not built yet: " + node);
    }

    /** Byte offset of the first byte in the source. */
    public int start(int node) {
        throw new UnsupportedOperationException("not built yet: " + node);
    }

    /** Byte offset after the last byte in the source. */
    public int end(int node) {
        throw new UnsupportedOperationException("not built yet: " + node);
    }
}
