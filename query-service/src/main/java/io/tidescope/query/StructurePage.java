package io.tidescope.query;

import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StructureHit;

import org.jspecify.annotations.Nullable;

/**
 * Part of what a structural search found.
 *
 * @param page the matches; none when they were only counted
 * @param count how many were found: those of the page, or all when they were only counted
 * @param reason why the search ended before its end, after which matches may be missing here and on
 *     later pages; null when it did not
 */
public record StructurePage(
        Page<StructureHit> page, long count, @Nullable String reason, SearchEffort effort) {
    /** Whether every partition answered, and with all there is. */
    public boolean complete() {
        return reason == null && page.missing().isEmpty();
    }
}
