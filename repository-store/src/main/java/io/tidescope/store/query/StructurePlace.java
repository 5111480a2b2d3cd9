package io.tidescope.store.query;

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

    @Override
    public int compareTo(StructurePlace other) {
        return ORDER.compare(this, other);
    }
}
