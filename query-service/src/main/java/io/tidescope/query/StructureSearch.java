package io.tidescope.query;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A structural search under way: partitions are read slice by slice and merged in the order of
 * places, each finding as soon as no partition can have one before it.
 *
 * <p>Once it has begun nothing fails any more: what goes wrong ends it, up to a place that all
 * partitions were searched to. Used by one thread, run once, closed afterwards.
 */
public final class StructureSearch implements AutoCloseable {
    /** The part of the time that is left for answering, and not for searching. */
    private static final int SPARE = 5;

    /** Between two pauses of the receiver. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final StructureQuestion question;
    private final PageRequest page;
    private final @Nullable StructurePlace after;
    private final StructureSlices slices;
    private final Map<Integer, String> missing;
    private final Answers<StructureHits> first;
    private PartitionSearches partitions = new PartitionSearches(List.of());
    private long count;
    private @Nullable StructureFinding last;
    private @Nullable StructureEnd ended;
    private @Nullable ErrorCode failure;

    private StructureSearch(
            Gateway gateway, StructureQuestion question, PageRequest page, Deadline deadline) {
        this.question = question;
        this.page = page;
        after = Places.structurePlace(page.after());
        Duration left = deadline.remaining();
        slices =
                new StructureSlices(
                        gateway,
                        question,
                        question.countOnly() ? Long.MAX_VALUE : page.limit() + 1L,
                        Deadline.in(left.minus(left.dividedBy(SPARE))),
                        deadline);
        first = first(gateway);
        missing = new TreeMap<>(first.missing());
    }

    /** The first slices: of nothing when there was no time even for them. */
    private Answers<StructureHits> first(Gateway gateway) {
        try {
            return slices.readFirst(after);
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.DEADLINE_EXCEEDED) {
                throw e;
            }
            Map<Integer, StructureHits> nothing = new TreeMap<>();
            for (int partition : gateway.partitions()) {
                nothing.put(
                        partition, new StructureHits(List.of(), false, after, SearchEffort.NONE));
            }
            return new Answers<>(nothing, Map.of());
        }
    }

    /**
     * Asks all partitions for what they find at once.
     *
     * @throws TideScopeException UNAVAILABLE when none of them answers
     */
    static StructureSearch begin(
            Gateway gateway, StructureQuestion question, PageRequest page, Deadline deadline) {
        return new StructureSearch(gateway, question, page, deadline);
    }

    /**
     * Searches to the end of the page.
     *
     * @throws IOException when the receiver does
     */
    public StructureEnd run(MatchReceiver receiver) throws IOException {
        List<PartitionSearch> searched = new ArrayList<>();
        first.byPartition()
                .forEach(
                        (partition, slice) ->
                                searched.add(
                                        new PartitionSearch(
                                                partition, slices, after, slice, receiver)));
        partitions = new PartitionSearches(searched);
        while (isWanted()) {
            PartitionSearch next = partitions.least();
            PartitionSearch behind = partitions.behind(next);
            if (behind != null) {
                String failure = await(behind, receiver);
                if (failure != null) {
                    return cutOff(failure, receiver);
                }
            } else if (next != null) {
                deliver(next);
                fetchAhead();
            } else {
                return end(null, null, receiver);
            }
        }
        StructureFinding end = last;
        return end(null, end != null && partitions.haveMore() ? end.place() : null, receiver);
    }

    /** Whether it has ended and nothing is missing. */
    public boolean isComplete() {
        return ended != null && ended.complete();
    }

    /** What a partition failed with that ended it; null when nothing did. */
    public @Nullable ErrorCode failure() {
        return failure;
    }

    @Override
    public void close() {
        partitions.cancel();
    }

    private boolean isWanted() {
        return question.countOnly() || count < page.limit();
    }

    /** Has all go on of which more is likely to be wanted than is at hand. */
    private void fetchAhead() {
        long wanted =
                question.countOnly() ? Long.MAX_VALUE : page.limit() - count - partitions.held();
        if (wanted > 0) {
            boolean much = wanted > (long) partitions.size() * slices.maxSize();
            partitions.fetch(much ? SliceSource.AHEAD : 1);
        }
    }

    /** Hands over the findings in one document: nobody else has any in it. */
    private void deliver(PartitionSearch partition) throws IOException {
        if (question.countOnly()) {
            StructureFinding head = partition.pass(1);
            count += head instanceof StructureCount counted ? counted.matches() : 0;
            last = head;
        } else {
            int inDocument = partition.inDocument();
            int wanted = (int) Math.min(inDocument, page.limit() - count);
            last = partition.pass(wanted);
            count += wanted;
        }
    }

    /** Waits until a partition has more at hand; the reason when it will not. */
    private @Nullable String await(PartitionSearch partition, MatchReceiver receiver)
            throws IOException {
        receiver.pause();
        try {
            while (partition.isFetching()) {
                Duration left = slices.deadline().remaining();
                if (partition.await(left.compareTo(PATIENCE) < 0 ? left : PATIENCE)) {
                    return null;
                }
                if (left.isZero()) {
                    return StructureFailures.OUT_OF_TIME;
                }
                receiver.pause();
            }
            return StructureFailures.OUT_OF_TIME;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StructureFailures.STOPPING;
        } catch (TideScopeException e) {
            failure = e.code();
            String reason = StructureFailures.reason(e);
            if (e.code() != ErrorCode.DEADLINE_EXCEEDED) {
                missing.put(partition.partition(), reason);
            }
            return reason;
        }
    }

    /**
     * Ends before the end. What is at hand lies behind a place that not all were searched to, where
     * the next page begins; it is only handed over when there can be none.
     */
    private StructureEnd cutOff(String reason, MatchReceiver receiver) throws IOException {
        StructurePlace searched = partitions.searchedTo(after);
        if (searched == null) {
            PartitionSearch next = partitions.least();
            while (next != null && isWanted()) {
                deliver(next);
                next = partitions.least();
            }
        }
        return end(reason, searched, receiver);
    }

    private StructureEnd end(
            @Nullable String reason, @Nullable StructurePlace next, MatchReceiver receiver)
            throws IOException {
        StructureEnd end =
                new StructureEnd(
                        count,
                        reason,
                        next == null ? null : Cursor.write(page.question(), Places.parts(next)),
                        Map.copyOf(missing),
                        slices.standings(),
                        partitions.effort(),
                        question.explain() ? documents(receiver) : null);
        ended = end;
        return end;
    }

    /** How many documents are in scope; null when nobody can tell in time. */
    private @Nullable Long documents(MatchReceiver receiver) throws IOException {
        receiver.pause();
        try {
            return slices.countDocuments();
        } catch (TideScopeException e) {
            String unused = StructureFailures.reason(e);
            return null;
        }
    }
}
