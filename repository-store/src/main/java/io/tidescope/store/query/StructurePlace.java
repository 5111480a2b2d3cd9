package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;

import java.util.Comparator;

/**
 * The place of a match: matches are in the order of places. Several can start at one byte, such as
 * a call and the first part of it.
 *
 * @param node the matched node's number in its tree
 */
public record StructurePlace(OccurrencePlace start, int node)
        implements Comparable<StructurePlace> {
    private static final Comparator<StructurePlace> ORDER =
            Comparator.comparing(StructurePlace::start).thenComparingInt(StructurePlace::node);

    /** A place behind all matches in a document, and before the next document. */
    public static StructurePlace behind(DocumentKey document) {
        return new StructurePlace(
                new OccurrencePlace(
                        document.repository(), document.ref(), document.path(), Integer.MAX_VALUE),
                Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(StructurePlace other) {
        return ORDER.compare(this, other);
    }
}
