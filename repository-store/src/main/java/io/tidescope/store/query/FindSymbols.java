package io.tidescope.store.query;

import io.tidescope.tree.symbol.SymbolKind;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Definitions by name, best first (see {@link SymbolRank}).
 *
 * @param kinds kinds wanted; empty for all
 * @param after continue behind this rank; null from the best
 * @param limit at most so many
 */
public record FindSymbols(
        NameMatch match,
        Set<SymbolKind> kinds,
        Scope scope,
        @Nullable SymbolRank after,
        int limit,
        Deadline deadline)
        implements StoreQuery<List<SymbolHit>> {}
