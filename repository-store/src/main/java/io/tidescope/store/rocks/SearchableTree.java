package io.tidescope.store.rocks;

import io.tidescope.store.query.SourceLines;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A syntax tree, with its source and the lines of it once they are asked for. Its size counts them
 * from the beginning. Safe to share.
 */
final class SearchableTree {
    /** What one takes besides the tree and its source. */
    private static final int OVERHEAD_BYTES = 400;

    /** Source bytes for each of its lines in memory; lines are seldom shorter. */
    private static final int SOURCE_BYTES_PER_LINE_BYTE = 5;

    private final SyntaxTree tree;
    private volatile @Nullable SourceLines lines;

    private SearchableTree(SyntaxTree tree) {
        this.tree = tree;
    }

    /**
     * @throws io.tidescope.tree.MalformedTreeException when the tree is damaged
     */
    static SearchableTree read(byte[] tree) {
        return new SearchableTree(
                SyntaxTree.read(
                        ByteBuffer.wrap(tree),
                        () -> {
                            throw new IllegalStateException("nobody said where the source is");
                        }));
    }

    /**
     * The tree, to be searched in one view of the store.
     *
     * @param source where the view has its source, asked if nobody needed it before
     */
    SyntaxTree in(Supplier<byte[]> source) {
        return tree.readingFrom(source);
    }

    /** The lines of a tree that came from {@link #in}. */
    SourceLines lines(SyntaxTree searched) {
        SourceLines known = lines;
        if (known == null) {
            known = SourceLines.of(searched.sourceBytes());
            lines = known;
        }
        return known;
    }

    /** About how much of the heap it takes. */
    int bytes() {
        long bytes =
                OVERHEAD_BYTES
                        + tree.heapBytes()
                        + tree.sourceLength()
                        + tree.sourceLength() / SOURCE_BYTES_PER_LINE_BYTE;
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
