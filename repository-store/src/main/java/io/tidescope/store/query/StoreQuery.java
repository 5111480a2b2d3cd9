package io.tidescope.store.query;

import org.apache.kafka.streams.query.Query;
import org.jspecify.annotations.Nullable;

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
                ReadStatistics,
                FindTroubled,
                FindLargest,
                InspectPartition,
                InspectDocument,
                MaintainPartition {
    /** When the store may stop working on it. */
    Deadline deadline();

    /** What it is about; null when it names its one repository, or asks about none. */
    default @Nullable Scope scope() {
        return null;
    }

    /** Whether whoever asks may not see everything that it is about. */
    default boolean restricted() {
        Scope scope = scope();
        return scope != null && !scope.visible().isAll();
    }

    /** Whether answering takes a scan of all names, or of many documents, rather than a look-up. */
    default boolean scans() {
        return switch (this) {
            case SearchStructure search -> true;
            case CountDocuments count -> true;
            case FindTroubled find -> true;
            case FindLargest find -> true;
            case FindSymbols find -> !(find.match() instanceof NameMatch.Exact);
            case FindDocument find -> false;
            case ListDocuments list -> false;
            case FindOccurrences find -> false;
            case FindRevision find -> false;
            case ListRefs list -> false;
            case ReadStatistics read -> false;
            case InspectPartition inspect -> false;
            case InspectDocument inspect -> false;
            case MaintainPartition maintain -> false;
        };
    }
}
