package io.tidescope.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A repository and its refs.
 *
 * @param name {@code owner/name}, or the name given to it
 * @param refs by name
 */
public record Repository(String name, List<IndexedRef> refs) {
    private static final Comparator<IndexedRef> OLDEST_CLAIM_FIRST =
            Comparator.comparing(
                            (IndexedRef ref) ->
                                    Objects.requireNonNull(ref.newest()).getPublishedAtMillis())
                    .thenComparing(IndexedRef::ref, CODE_POINT_ORDER.reversed());

    /**
     * The ref that is meant where none is named, as the partitions choose it: of those that say so
     * the one that said it last. One of which nothing is indexed counts when there is no other.
     */
    Optional<IndexedRef> defaultRef() {
        List<IndexedRef> claims = refs.stream().filter(IndexedRef::defaultRef).toList();
        return claims.stream()
                .filter(ref -> ref.newest() != null && ref.newest().getCommit() != null)
                .max(OLDEST_CLAIM_FIRST)
                .or(() -> claims.stream().filter(ref -> ref.newest() == null).findFirst());
    }
}
