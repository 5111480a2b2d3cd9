package io.tidescope.store.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import java.util.Comparator;

/**
 * Place of a hit in the total order of a symbol query: lower is better. It depends on the hit
 * alone, so a cursor that holds it stays good while the index changes.
 *
 * @param score what {@link NameMatch#score} gave the name
 */
public record SymbolRank(
        int score, String name, String repository, String ref, String path, int nameStart)
        implements Comparable<SymbolRank> {
    private static final Comparator<SymbolRank> ORDER =
            Comparator.comparingInt(SymbolRank::score)
                    .thenComparing(SymbolRank::name, CODE_POINT_ORDER)
                    .thenComparing(SymbolRank::repository, CODE_POINT_ORDER)
                    .thenComparing(SymbolRank::ref, CODE_POINT_ORDER)
                    .thenComparing(SymbolRank::path, CODE_POINT_ORDER)
                    .thenComparingInt(SymbolRank::nameStart);

    @Override
    public int compareTo(SymbolRank other) {
        return ORDER.compare(this, other);
    }
}
