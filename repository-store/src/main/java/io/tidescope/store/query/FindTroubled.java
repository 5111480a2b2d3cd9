package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Documents with something wrong in their source, by repository, ref and path.
 *
 * @param after continue behind this document; null from the start
 * @param limit at most so many
 */
public record FindTroubled(
        Trouble trouble, Scope scope, @Nullable DocumentKey after, int limit, Deadline deadline)
        implements StoreQuery<List<TroubledDocument>> {}
