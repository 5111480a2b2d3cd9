package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;

import java.util.Comparator;

/**
 * How large a document is.
 *
 * @param bytes of its source
 * @param treeBytes of its syntax tree, uncompressed
 */
public record LargeDocument(DocumentKey document, long bytes, int lines, long treeBytes) {
    /** The largest first; of equals, the first by repository, ref and path. */
    public static Comparator<LargeDocument> largestFirst(Measure measure) {
        return Comparator.comparingLong((LargeDocument it) -> it.size(measure))
                .reversed()
                .thenComparing(LargeDocument::document, DocumentOrder.BY_KEY);
    }

    private long size(Measure measure) {
        return switch (measure) {
            case BYTES -> bytes;
            case LINES -> lines;
            case TREE -> treeBytes;
        };
    }
}
