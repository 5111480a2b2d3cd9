package io.tidescope.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.StructurePage;
import io.tidescope.store.query.SearchEffort;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a structural search found, as it is written.
 *
 * @param count matches here, or all when they were only to be counted
 * @param complete whether every partition answered and was searched to its end
 * @param reason why the search ended before its end; left out when it did not
 * @param readAs what the pattern was read as
 * @param nextCursor what to give as {@code cursor} for the next page; null on the last
 * @param missing the partitions that did not answer
 * @param plan what the search went through; left out unless asked for
 */
record StructureAnswer(
        long count,
        boolean complete,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String readAs,
        List<StructureItem> matches,
        @Nullable String nextCursor,
        List<MissingPartition> missing,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SearchEffort plan) {
    static StructureAnswer of(StructurePage found, @Nullable String readAs, boolean explain) {
        return new StructureAnswer(
                found.count(),
                found.complete(),
                found.reason(),
                readAs,
                found.page().items().stream().map(StructureItem::of).toList(),
                found.page().nextCursor(),
                MissingPartition.listOf(found.page().missing()),
                explain ? found.effort() : null);
    }
}
