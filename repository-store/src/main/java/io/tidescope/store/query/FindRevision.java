package io.tidescope.store.query;

/**
 * Whether this partition holds everything of a revision.
 *
 * @param commit hex object id, whole
 * @param scope where to look for it; all refs when it names none
 */
public record FindRevision(String commit, Scope scope, Deadline deadline)
        implements StoreQuery<Boolean> {}
