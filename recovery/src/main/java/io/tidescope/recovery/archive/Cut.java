package io.tidescope.recovery.archive;

import io.tidescope.schemas.RefKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the consistent state in what is there of {@code file-changes}: of each ref the newest
 * publish whose marker is in every partition. Whatever is behind that is of a publish that is not
 * complete, and is no part of it.
 *
 * <p>Where a region was failed over to, the log has publishes whose markers are in some partitions,
 * and never come in the others. For the newest state it takes no more of each ref than the last
 * markers of each partition, by which that is seen; for a moment it takes all of them.
 *
 * <p>Where each partition ends alone says nothing: publishes of several repositories lie between
 * each other, in another order in each partition.
 */
public final class Cut {
    /** Of each ref and partition, for the newest state. */
    public static final int LAST = 3;

    private final int partitions;

    /** Of each ref and partition, its marks by their sequence. */
    private final Map<RefKey, Map<Integer, NavigableMap<Long, Mark>>> marks = new HashMap<>();

    /**
     * @param partitions how many {@code file-changes} has
     */
    public Cut(int partitions) {
        this.partitions = partitions;
    }

    /** Takes what a partition has a mark of; any order, and repeated ones, make no difference. */
    public void add(int partition, Mark mark) {
        marks.computeIfAbsent(new RefKey(mark.repository(), mark.ref()), _ -> new HashMap<>())
                .computeIfAbsent(partition, _ -> new TreeMap<>())
                .put(mark.sequence(), mark);
    }

    /** What an earlier state had is in every partition. */
    public void addAll(List<Mark> earlier) {
        for (Mark mark : earlier) {
            for (int partition = 0; partition < partitions; partition++) {
                add(partition, mark);
            }
        }
    }

    /** Takes what an earlier state left over, by partition. */
    public void addPending(Map<Integer, List<Mark>> pending) {
        pending.forEach((partition, all) -> all.forEach(mark -> add(partition, mark)));
    }

    /** What is behind the newest state, by partition. */
    public Map<Integer, List<Mark>> pending() {
        Map<Integer, List<Mark>> pending = new TreeMap<>();
        for (Map<Integer, NavigableMap<Long, Mark>> ref : marks.values()) {
            long complete = complete(ref, null).map(Mark::sequence).orElse(Long.MIN_VALUE);
            ref.forEach(
                    (partition, all) -> {
                        var behind = all.tailMap(complete, false).values();
                        if (!behind.isEmpty()) {
                            pending.computeIfAbsent(partition, _ -> new ArrayList<>())
                                    .addAll(behind);
                        }
                    });
        }
        return pending;
    }

    /** The newest state, ordered by repository and ref. */
    public List<Mark> newest() {
        return state(null);
    }

    /**
     * The state at a time: of each ref the newest publish that began then or before, by the clock
     * of who published it.
     */
    public List<Mark> at(Instant time) {
        return state(time);
    }

    private List<Mark> state(@Nullable Instant time) {
        List<Mark> state = new ArrayList<>();
        for (Map<Integer, NavigableMap<Long, Mark>> ref : marks.values()) {
            complete(ref, time).ifPresent(state::add);
        }
        state.sort(Comparator.comparing(Mark::repository).thenComparing(Mark::ref));
        return state;
    }

    private Optional<Mark> complete(
            Map<Integer, NavigableMap<Long, Mark>> ref, @Nullable Instant time) {
        if (ref.size() < partitions) {
            return Optional.empty();
        }
        NavigableMap<Long, Mark> behind =
                ref.values().stream()
                        .min(Comparator.comparing(NavigableMap::lastKey))
                        .orElseThrow();
        // Clocks may differ, sequences do not: the newest one that began in time.
        return behind.descendingMap().values().stream()
                .filter(mark -> time == null || !mark.publishedAt().isAfter(time))
                .filter(
                        mark ->
                                ref.values().stream()
                                        .allMatch(all -> isThere(mark, all, time == null)))
                .findFirst();
    }

    /**
     * @param last whether a partition may have had it, but for the last ones that are known
     */
    private static boolean isThere(Mark mark, NavigableMap<Long, Mark> known, boolean last) {
        return known.containsKey(mark.sequence())
                || (last && known.lowerKey(mark.sequence()) == null);
    }
}
