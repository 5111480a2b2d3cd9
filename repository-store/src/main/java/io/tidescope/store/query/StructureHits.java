package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a partition found up to some place.
 *
 * @param found hits, or counts when they were only counted, in the order of their places
 * @param ended whether the search came to its end; else its limit or its time ended it
 * @param reached every match up to and including this place, behind where the search began, is
 *     among those found, and a search continues behind it; null when that is none
 */
public record StructureHits(
        List<StructureFinding> found,
        boolean ended,
        @Nullable StructurePlace reached,
        SearchEffort effort) {
    public StructureHits {
        found = List.copyOf(found);
    }
}
