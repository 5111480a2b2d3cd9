package io.tidescope.query;

import io.tidescope.query.SliceSource.Slice;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What one partition finds: a slice that is being merged, and a few more that are fetched
 * meanwhile. Used by one thread.
 */
final class PartitionSearch {
    private final int partition;
    private final StructureSlices slices;
    private final MatchReceiver receiver;
    private final SliceSource source;
    private List<StructureFinding> found = List.of();
    private MatchReceiver.@Nullable Ready ready;
    private int at;
    private @Nullable StructurePlace head;
    private boolean ended;
    private @Nullable StructurePlace reached;
    private SearchEffort effort = SearchEffort.NONE;

    /** Slices that are on their way. */
    private int coming;

    /**
     * @param after where the first slice began
     */
    PartitionSearch(
            int partition,
            StructureSlices slices,
            @Nullable StructurePlace after,
            StructureHits first,
            MatchReceiver receiver) {
        this.partition = partition;
        this.slices = slices;
        this.receiver = receiver;
        source = SliceSource.behind(first, after, partition, slices, receiver);
        turnTo(SliceSource.ready(first, receiver));
    }

    int partition() {
        return partition;
    }

    /** The place of the next finding of the slice at hand; null when there is none. */
    @Nullable StructurePlace head() {
        StructurePlace known = head;
        if (known == null && at < found.size()) {
            known = found.get(at).place();
            head = known;
        }
        return known;
    }

    /** How many of those at hand are in the document of the next one, which there has to be. */
    int inDocument() {
        DocumentKey document = found.get(at).document();
        int end = at + 1;
        while (end < found.size() && isSame(document, found.get(end).document())) {
            end++;
        }
        return end - at;
    }

    private static boolean isSame(DocumentKey document, DocumentKey other) {
        return document == other || document.equals(other);
    }

    /**
     * Passes on so many of those at hand, if they are matches.
     *
     * @return the last of them
     */
    StructureFinding pass(int count) throws IOException {
        if (ready != null) {
            ready.pass(at, at + count);
        }
        at += count;
        head = null;
        return found.get(at - 1);
    }

    /** Findings at hand. */
    int held() {
        return found.size() - at;
    }

    /** Whether the partition has nothing behind what is at hand. */
    boolean ended() {
        return ended;
    }

    /** All up to this place is, or was, at hand; null when that is nothing. */
    @Nullable StructurePlace reached() {
        return reached;
    }

    /** Whether nothing before the place can come any more that is not at hand. */
    boolean isSearchedTo(StructurePlace place) {
        StructurePlace end = reached;
        return ended || held() > 0 || end != null && place.compareTo(end) <= 0;
    }

    SearchEffort effort() {
        return effort;
    }

    /** Has slices fetched until so many are on their way, at most; none behind the last. */
    void fetch(int ahead) {
        while (!ended && coming < Math.min(ahead, SliceSource.AHEAD) && !slices.areOver()) {
            source.want();
            coming++;
        }
    }

    /** Whether a slice is on its way. */
    boolean isFetching() {
        return coming > 0;
    }

    /**
     * Waits for the slice that is on its way, and turns to it, for which nothing may be at hand.
     *
     * @return whether it came
     * @throws TideScopeException when the partition failed to answer
     */
    boolean await(Duration patience) throws InterruptedException {
        Slice slice = source.await(patience);
        if (slice == null) {
            return false;
        }
        coming--;
        turnTo(slice);
        return true;
    }

    private void turnTo(Slice slice) {
        found = slice.found().found();
        ready = slice.ready();
        at = 0;
        head = null;
        ended = slice.found().ended();
        reached = slice.found().reached();
        effort = effort.plus(slice.found().effort());
    }

    void cancel() {
        source.cancel();
    }
}
