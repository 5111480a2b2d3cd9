package io.tidescope.query.api;

import io.tidescope.query.Page;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list as it is written.
 *
 * @param nextCursor what to give as {@code cursor} for the next page; null on the last
 * @param complete whether every partition answered
 * @param missing the partitions that did not
 * @param stale the partitions that a standby answered for
 */
public record ListAnswer<T>(
        List<T> items,
        @Nullable String nextCursor,
        boolean complete,
        List<MissingPartition> missing,
        List<StalePartition> stale)
        implements PartialAnswer {
    /** A page, each of its items as it is written. */
    public static <S, T> ListAnswer<T> of(Page<S> page, Function<S, T> item) {
        return new ListAnswer<>(
                page.items().stream().map(item).toList(),
                page.nextCursor(),
                page.missing().isEmpty(),
                MissingPartition.listOf(page.missing()),
                StalePartition.listOf(page.standings()));
    }
}
