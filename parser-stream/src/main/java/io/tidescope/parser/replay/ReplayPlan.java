package io.tidescope.parser.replay;

import io.tidescope.schemas.TideScopeException;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From which change on each partition of the log is parsed again; documents of earlier changes are
 * copied from the index there is.
 *
 * @param starts offset of the first change that is parsed again, by partition of {@code
 *     file-changes}; all partitions have one
 */
public record ReplayPlan(SortedMap<Integer, Long> starts) {
    public ReplayPlan {
        starts = Collections.unmodifiableSortedMap(new TreeMap<>(starts));
    }

    /**
     * A partition of the log when the plan is made.
     *
     * @param begin offset of its first change
     * @param end offset that its next change will have
     * @param since offset of the first change that is not before the time asked for; {@code end}
     *     when there is none, or no time was asked for
     * @param forwarded offset of the last change that is a document of the index there is; -1 when
     *     none is
     */
    record LogPartition(long begin, long end, long since, long forwarded) {}

    /**
     * Plans. What the index there is has not come to yet cannot be copied, so it is parsed again,
     * wherever the replay is asked to begin.
     *
     * @throws TideScopeException INVALID_ARGUMENT when the start names a partition that there is
     *     not
     */
    static ReplayPlan of(ReplayStart start, SortedMap<Integer, LogPartition> log) {
        if (start instanceof ReplayStart.Offsets(SortedMap<Integer, Long> named)
                && !log.keySet().containsAll(named.keySet())) {
            throw TideScopeException.invalid(
                    ReplayStart.PARAMETER,
                    "There is no partition %d; there are %d, from 0 on."
                            .formatted(named.lastKey(), log.size()));
        }
        SortedMap<Integer, Long> starts = new TreeMap<>();
        log.forEach(
                (number, partition) -> {
                    long wanted =
                            switch (start) {
                                case ReplayStart.Beginning() -> partition.begin();
                                case ReplayStart.Time(_) -> partition.since();
                                case ReplayStart.Offset(long offset) -> offset;
                                case ReplayStart.Offsets(SortedMap<Integer, Long> offsets) ->
                                        offsets.getOrDefault(number, partition.end());
                            };
                    starts.put(
                            number,
                            Math.max(
                                    partition.begin(),
                                    Math.min(wanted, partition.forwarded() + 1)));
                });
        return new ReplayPlan(starts);
    }

    /** Whether there can be anything to copy. */
    boolean copies() {
        return starts.values().stream().anyMatch(start -> start > 0);
    }

    /** Whether the document of a change is copied. */
    boolean copies(int partition, long change) {
        Long start = starts.get(partition);
        return start != null && change < start;
    }
}
