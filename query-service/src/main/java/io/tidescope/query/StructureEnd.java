package io.tidescope.query;

import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.Standing;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What is known at the end of a page of a structural search.
 *
 * @param count how many matches were found
 * @param reason why the page ended early; null when it did not
 * @param nextCursor where the search can be gone on with, without losing anything; null when it
 *     came to its end, or nowhere
 * @param missing partitions whose matches are not here, and why
 * @param standings where partitions stood that answered, as far as that is known
 * @param documents documents in scope; null when it was not asked for, or there was no time to
 *     count them
 */
public record StructureEnd(
        long count,
        @Nullable String reason,
        @Nullable String nextCursor,
        Map<Integer, String> missing,
        Map<Integer, Standing> standings,
        SearchEffort effort,
        @Nullable Long documents) {
    /** Whether every partition was searched up to the end of the page, with all its trees. */
    public boolean complete() {
        return reason == null && missing.isEmpty() && effort.unreadable() == 0;
    }
}
