package io.tidescope.store.query;

import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;

/**
 * Places in syntax trees where a rule holds, in the order of their places.
 *
 * @param after continue behind this place; null from the start
 * @param limit at most so many; 0 to count all and list none
 * @param explain whether to count the documents in scope, too
 * @param until when the search ends with what it has found by then; before the deadline, so that
 *     its answer comes in time
 */
public record SearchStructure(
        Search search,
        Scope scope,
        PathGlobs paths,
        @Nullable StructurePlace after,
        int limit,
        boolean explain,
        Deadline until,
        Deadline deadline)
        implements StoreQuery<StructureHits> {
    /** Whether matches are counted and not listed. */
    public boolean countsOnly() {
        return limit == 0;
    }
}
