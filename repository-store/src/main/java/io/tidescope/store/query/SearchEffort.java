package io.tidescope.store.query;

/**
 * What a search went through. A document that is gone on with counts where it was searched first.
 *
 * @param lookup what the index was asked for: names, {@code "} and the beginning of literals,
 *     {@code #} and kinds of nodes, joined by {@code &} and {@code |}; {@code *} for all documents
 * @param candidates documents on paths asked for that the index says may match
 * @param searched of those, documents whose tree holds the kinds of nodes that a match needs
 * @param trees of those searched, syntax trees that were read; the others were in memory
 * @param unreadable of those read, trees that are damaged and were passed over
 */
public record SearchEffort(
        String lookup, long candidates, long searched, long trees, long unreadable) {
    public static final SearchEffort NONE = new SearchEffort("", 0, 0, 0, 0);

    /** The effort of two partitions, or two parts of one, in the same search. */
    public SearchEffort plus(SearchEffort other) {
        return new SearchEffort(
                lookup.isEmpty() ? other.lookup : lookup,
                candidates + other.candidates,
                searched + other.searched,
                trees + other.trees,
                unreadable + other.unreadable);
    }
}
