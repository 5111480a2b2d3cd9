package io.tidescope.store.query;

import java.util.List;

/**
 * The refs on which this partition has come to a revision: it holds everything of it, or has held
 * it and gone on.
 *
 * @param commit hex object id, whole
 * @param scope where to look for it, as in every query: without a ref on default refs only, for a
 *     commit can be indexed on a branch before it is on the default one
 */
public record FindRevision(String commit, Scope scope, Deadline deadline)
        implements StoreQuery<List<ReachedRef>> {}
