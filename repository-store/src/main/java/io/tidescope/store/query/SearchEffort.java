package io.tidescope.store.query;

/**
 * What a search went through.
 *
 * @param documents documents in scope; 0 unless it was asked for
 * @param candidates documents on paths asked for that the index says may match
 * @param trees syntax trees read
 * @param searched of those, trees that hold the kinds of nodes that a match needs
 * @param unreadable of those read, trees that are damaged and were passed over
 */
public record SearchEffort(
        long documents, long candidates, long trees, long searched, long unreadable) {
    public static final SearchEffort NONE = new SearchEffort(0, 0, 0, 0, 0);

    public SearchEffort plus(SearchEffort other) {
        return new SearchEffort(
                documents + other.documents,
                candidates + other.candidates,
                trees + other.trees,
                searched + other.searched,
                unreadable + other.unreadable);
    }
}
