package io.tidescope.store.query;

import java.util.List;

/**
 * What a partition found.
 *
 * @param hits in the order of their places; none when they were only counted
 * @param count how many were found
 * @param complete whether the search came to its limit or its end, and not to its time
 */
public record StructureHits(
        List<StructureHit> hits, long count, boolean complete, SearchEffort effort) {
    public StructureHits {
        hits = List.copyOf(hits);
    }
}
