package io.tidescope.store.query;

import org.apache.kafka.streams.query.Query;

/**
 * A question to one partition of the store, answered inside it.
 *
 * @param <R> what one partition answers; answers of several partitions are merged by the asker
 */
public sealed interface StoreQuery<R> extends Query<R>
        permits FindDocument,
                ListDocuments,
                FindSymbols,
                FindOccurrences,
                SearchStructure,
                CountDocuments,
                FindRevision,
                ListRefs,
                ReadStatistics {
    /** When the store may stop working on it. */
    Deadline deadline();
}
