package io.tidescope.query;

import io.tidescope.query.StructureSlices.Extent;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one partition finds: a slice that is being merged, and at most one more that is fetched
 * and
 * made ready meanwhile, on a thread of its own. Used by one thread.
 */
final class PartitionSearch {
    private final int partition;
    private final StructureSlices slices;
    private List<StructureFinding> found = List.of();
    private MatchReceiver.@Nullable Ready ready;
    private @Nullable MatchReceiver receiver;
    private int at;
    private boolean ended;
    private @Nullable StructurePlace reached;
    private SearchEffort effort = SearchEffort.NONE;
    private Extent extent;
    private @Nullable FutureTask<Slice> coming;

    /** What a partition was asked for, with its matches made ready. */
    private record Slice(Answers<StructureHits> answers, MatchReceiver.@Nullable Ready ready) {}

    /**
     * @param after where the first slice began
     */
    PartitionSearch(
            int partition,
            StructureSlices slices,
            @Nullable StructurePlace after,
            StructureHits first) {
        this.partition = partition;
        this.slices = slices;
        this.extent = slices.first();
        this.reached = after;
        turnTo(first);
    }

    int partition() {
        return partition;
    }

    /** The next finding of the slice at hand; null when there is none. */
    @Nullable StructureFinding head() {
        return at < found.size() ? found.get(at) : null;
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
        return found.get(at - 1);
    }

    /** To be called before anything is passed on. */
    void readyFor(MatchReceiver matches) {
        receiver = matches;
        ready = ready(found, matches);
    }

    private static MatchReceiver.@Nullable Ready ready(
            List<StructureFinding> found, @Nullable MatchReceiver receiver) {
        List<StructureHit> matches = new ArrayList<>(found.size());
        for (StructureFinding finding : found) {
            if (finding instanceof StructureHit match) {
                matches.add(match);
            }
        }
        return matches.isEmpty() || receiver == null ? null : receiver.ready(matches);
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

    /** Begins to fetch the next slice, unless there is none or it is on its way. */
    void fetch() {
        if (ended || coming != null || slices.areOver()) {
            return;
        }
        StructurePlace after = reached;
        Extent wanted = extent;
        MatchReceiver matches = receiver;
        FutureTask<Slice> task =
                new FutureTask<>(
                        () -> {
                            Answers<StructureHits> answers =
                                    slices.read(partition, after, wanted);
                            StructureHits hits = answers.byPartition().get(partition);
                            return new Slice(
                                    answers, hits == null ? null : ready(hits.found(), matches));
                        });
        coming = task;
        Thread.ofVirtual().name("search-slice").start(task);
    }

    /** Whether a slice is on its way. */
    boolean isFetching() {
        return coming != null;
    }

    /**
     * Waits for the slice that is on its way, and turns to it, for which nothing may be at hand.
     *
     * @return whether it came
     * @throws TideScopeException when the partition failed to answer
     */
    boolean await(Duration patience) throws InterruptedException {
        FutureTask<Slice> task = Objects.requireNonNull(coming);
        Slice came;
        try {
            came = task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TideScopeException known) {
                throw known;
            }
            throw new TideScopeException(ErrorCode.INTERNAL, "A partition failed to answer.", e);
        }
        coming = null;
        Answers<StructureHits> answers = came.answers();
        StructureHits slice = answers.byPartition().get(partition);
        if (slice == null) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    answers.missing().getOrDefault(partition, "no reason given"));
        }
        turnTo(slice);
        ready = came.ready();
        return true;
    }

    private void turnTo(StructureHits slice) {
        extent =
                Objects.equals(reached, slice.reached())
                        ? extent.withMoreTime()
                        : slices.following(extent);
        found = slice.found();
        at = 0;
        ended = slice.ended();
        reached = slice.reached();
        effort = effort.plus(slice.effort());
    }

    void cancel() {
        FutureTask<?> task = coming;
        if (task != null) {
            task.cancel(true);
        }
    }
}
