package io.tidescope.store.rocks;

import io.tidescope.store.query.StoreQuery;

import java.util.Optional;

/** What answers for a partition, from any thread. */
public interface ReadableStore {
    /**
     * Answers from one state of the store; absent when it is closed, or closing.
     *
     * @throws io.tidescope.schemas.TideScopeException DEADLINE_EXCEEDED, CORRUPT and what else the
     *     query can fail with
     */
    <R> Optional<Reading<R>> read(StoreQuery<R> query);

    /** What it takes now; nothing when it is closed, or closing. */
    DiskUse diskUse();
}
