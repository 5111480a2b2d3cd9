package io.tidescope.store.query;

import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A slice of the places in syntax trees where a rule holds, in the order of their places.
 *
 * @param after continue behind this place; null from the start
 * @param countOnly whether matches are only counted, document by document; such a search continues
 *     behind a document
 * @param limit at most so many matches, or documents that are counted
 * @param time how long a partition searches from when it begins; it then answers with what it has
 *     found
 */
public record SearchStructure(
        Search search,
        Scope scope,
        PathGlobs paths,
        @Nullable StructurePlace after,
        boolean countOnly,
        int limit,
        Duration time,
        Deadline deadline)
        implements StoreQuery<StructureHits> {}
