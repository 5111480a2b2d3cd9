package io.tidescope.query;

import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StructurePlace;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The partitions of a search, merged in the order of places. Used by one thread. */
final class PartitionSearches {
    private final List<PartitionSearch> partitions;

    PartitionSearches(List<PartitionSearch> partitions) {
        this.partitions = List.copyOf(partitions);
    }

    /** The partition with the first finding at hand; null when nothing is. */
    @Nullable PartitionSearch least() {
        PartitionSearch least = null;
        StructurePlace first = null;
        for (PartitionSearch partition : partitions) {
            StructurePlace head = partition.head();
            if (head != null && (first == null || head.compareTo(first) < 0)) {
                least = partition;
                first = head;
            }
        }
        return least;
    }

    /** Has partitions go on that may have something before the next finding; one of them. */
    @Nullable PartitionSearch behind(@Nullable PartitionSearch next) {
        StructurePlace head = next == null ? null : next.head();
        PartitionSearch behind = null;
        for (PartitionSearch partition : partitions) {
            boolean searched = head == null ? partition.ended() : partition.isSearchedTo(head);
            if (!searched) {
                partition.fetch(1);
                behind = behind == null ? partition : behind;
            }
        }
        return behind;
    }

    int size() {
        return partitions.size();
    }

    /**
     * Has all of them go on.
     *
     * @param ahead slices that are on their way then, at most
     */
    void fetch(int ahead) {
        partitions.forEach(partition -> partition.fetch(ahead));
    }

    /** Findings at hand. */
    long held() {
        return partitions.stream().mapToLong(PartitionSearch::held).sum();
    }

    /** Whether there is, or may be, something that was not taken. */
    boolean haveMore() {
        return partitions.stream().anyMatch(it -> !it.ended() || it.held() > 0);
    }

    /**
     * The last place that all were searched to; null when some have not come anywhere.
     *
     * @param after where they began
     */
    @Nullable StructurePlace searchedTo(@Nullable StructurePlace after) {
        StructurePlace least = null;
        for (PartitionSearch partition : partitions) {
            StructurePlace reached = partition.reached();
            if (partition.ended()) {
                continue;
            }
            if (reached == null || reached.equals(after)) {
                return null;
            }
            least = least == null || reached.compareTo(least) < 0 ? reached : least;
        }
        return least;
    }

    SearchEffort effort() {
        return partitions.stream()
                .map(PartitionSearch::effort)
                .reduce(SearchEffort.NONE, SearchEffort::plus);
    }

    void cancel() {
        partitions.forEach(PartitionSearch::cancel);
    }
}
