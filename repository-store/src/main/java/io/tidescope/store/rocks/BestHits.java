package io.tidescope.store.rocks;

import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The best so many hits behind a rank, of those offered. */
final class BestHits {
    private final @Nullable SymbolRank after;
    private final int limit;
    private final PriorityQueue<SymbolHit> worstFirst =
            new PriorityQueue<>(Comparator.comparing(SymbolHit::rank).reversed());

    BestHits(@Nullable SymbolRank after, int limit) {
        this.after = after;
        this.limit = limit;
    }

    /** Whether a hit of that score could still be among the best. */
    boolean mayTake(int score) {
        if (after != null && score < after.score()) {
            return false;
        }
        SymbolHit worst = worst();
        return limit > 0 && (worst == null || score <= worst.rank().score());
    }

    /** Whether a hit of that rank is among the best, so far. */
    boolean takes(SymbolRank rank) {
        SymbolHit worst = worst();
        return limit > 0
                && (after == null || rank.compareTo(after) > 0)
                && (worst == null || rank.compareTo(worst.rank()) < 0);
    }

    /** Whether nothing behind the rank can be among the best any more. */
    boolean endsBefore(SymbolRank rank) {
        SymbolHit worst = worst();
        return worst != null && rank.compareTo(worst.rank()) > 0;
    }

    void add(SymbolHit hit) {
        if (worstFirst.size() == limit) {
            worstFirst.poll();
        }
        worstFirst.add(hit);
    }

    /** From the best. */
    List<SymbolHit> toList() {
        return worstFirst.stream().sorted(Comparator.comparing(SymbolHit::rank)).toList();
    }

    /** The one that goes next; null while there is room. */
    private @Nullable SymbolHit worst() {
        return worstFirst.size() < limit ? null : worstFirst.peek();
    }
}
