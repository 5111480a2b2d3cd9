package io.tidescope.store.query;

import java.util.List;

/**
 * The largest documents, largest first; of equals, the first by repository, ref and path.
 *
 * @param limit at most so many
 */
public record FindLargest(Measure measure, Scope scope, int limit, Deadline deadline)
        implements StoreQuery<List<LargeDocument>> {}
