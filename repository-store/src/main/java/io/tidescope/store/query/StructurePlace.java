package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.tree.match.Match;

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

    private static StructurePlace at(DocumentKey document, int start, int node) {
        return new StructurePlace(
                new OccurrencePlace(document.repository(), document.ref(), document.path(), start),
                node);
    }

    /** Of a match in a document. */
    public static StructurePlace of(DocumentKey document, Match match) {
        return at(document, match.start(), match.node());
    }

    /** A place behind all matches in a document, and before the next document. */
    public static StructurePlace behind(DocumentKey document) {
        return at(document, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    public boolean isIn(DocumentKey document) {
        return start.path().equals(document.path())
                && start.ref().equals(document.ref())
                && start.repository().equals(document.repository());
    }

    /** The document that it is in. */
    public DocumentKey document() {
        return new DocumentKey(start.repository(), start.ref(), start.path());
    }

    @Override
    public int compareTo(StructurePlace other) {
        return ORDER.compare(this, other);
    }
}
