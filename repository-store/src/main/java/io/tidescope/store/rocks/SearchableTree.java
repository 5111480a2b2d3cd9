package io.tidescope.store.rocks;

import io.tidescope.store.query.SourceLines;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A syntax tree, with the lines of its source once they are asked for. Safe to share. */
final class SearchableTree {
    /** What one takes besides the tree and its source. */
    private static final int OVERHEAD_BYTES = 400;

    /** Source bytes for each of its lines in memory; lines are seldom shorter. */
    private static final int SOURCE_BYTES_PER_LINE_BYTE = 5;

    private final SyntaxTree tree;
    private final byte[] source;
    private volatile @Nullable SourceLines lines;

    private SearchableTree(SyntaxTree tree, byte[] source) {
        this.tree = tree;
        this.source = source;
    }

    /**
     * @throws io.tidescope.tree.MalformedTreeException when the tree is damaged or of another
     *     source
     */
    static SearchableTree read(byte[] tree, byte[] source) {
        return new SearchableTree(
                SyntaxTree.read(ByteBuffer.wrap(tree), ByteBuffer.wrap(source)), source);
    }

    SyntaxTree tree() {
        return tree;
    }

    SourceLines lines() {
        SourceLines known = lines;
        if (known == null) {
            known = SourceLines.of(source);
            lines = known;
        }
        return known;
    }

    /** About how much of the heap it takes. */
    int bytes() {
        long bytes =
                OVERHEAD_BYTES
                        + tree.heapBytes()
                        + source.length
                        + source.length / SOURCE_BYTES_PER_LINE_BYTE;
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
