package io.tidescope.store.query;

import io.tidescope.tree.symbol.OccurrenceRole;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Occurrences of a name, ordered by repository, ref, path and place.
 *
 * @param roles roles wanted; empty for all
 * @param after continue behind this place; null from the start
 * @param limit at most so many
 * @param withText whether to read the line of each from its source
 */
public record FindOccurrences(
        String name,
        Set<OccurrenceRole> roles,
        Scope scope,
        @Nullable OccurrencePlace after,
        int limit,
        boolean withText,
        Deadline deadline)
        implements StoreQuery<List<OccurrenceHit>> {}
