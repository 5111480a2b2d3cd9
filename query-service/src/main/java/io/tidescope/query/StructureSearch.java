package io.tidescope.query;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
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
    private final List<PartitionSearch> partitions = new ArrayList<>();
    private long count;
    private @Nullable StructurePlace last;

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
        Answers<StructureHits> first = slices.readFirst(after);
        missing = new TreeMap<>(first.missing());
        first.byPartition()
                .forEach(
                        (partition, slice) ->
                                partitions.add(
                                        new PartitionSearch(partition, slices, after, slice)));
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
        while (isWanted()) {
            PartitionSearch next = least();
            PartitionSearch behind = behind(next);
            if (behind != null) {
                String failure = await(behind, receiver);
                if (failure != null) {
                    return cutOff(failure, receiver);
                }
            } else if (next != null) {
                deliver(next, receiver);
                fetchAhead();
            } else {
                return end(null, null);
            }
        }
        boolean more = partitions.stream().anyMatch(it -> !it.ended() || it.held() > 0);
        return end(null, more ? last : null);
    }

    @Override
    public void close() {
        partitions.forEach(PartitionSearch::cancel);
    }

    private boolean isWanted() {
        return question.countOnly() || count < page.limit();
    }

    /** The partition with the first finding at hand; null when nothing is. */
    private @Nullable PartitionSearch least() {
        PartitionSearch least = null;
        StructureFinding first = null;
        for (PartitionSearch partition : partitions) {
            StructureFinding head = partition.head();
            if (head != null && (first == null || head.place().compareTo(first.place()) < 0)) {
                least = partition;
                first = head;
            }
        }
        return least;
    }

    /** Has partitions go on that may have something before the next finding; one of them. */
    private @Nullable PartitionSearch behind(@Nullable PartitionSearch next) {
        StructureFinding head = next == null ? null : next.head();
        PartitionSearch behind = null;
        for (PartitionSearch partition : partitions) {
            boolean searched =
                    head == null ? partition.ended() : partition.isSearchedTo(head.place());
            if (!searched) {
                partition.fetch();
                behind = behind == null ? partition : behind;
            }
        }
        return behind;
    }

    /** Has all go on of which more is likely to be wanted than is at hand. */
    private void fetchAhead() {
        long held = 0;
        for (PartitionSearch partition : partitions) {
            held += partition.held();
        }
        if (question.countOnly() || held < page.limit() - count) {
            partitions.forEach(PartitionSearch::fetch);
        }
    }

    /** Hands over the findings in one document: nobody else has any in it. */
    private void deliver(PartitionSearch partition, MatchReceiver receiver) throws IOException {
        OccurrencePlace document = null;
        StructureFinding head = partition.head();
        while (head != null
                && isWanted()
                && (document == null || isSame(document, head.place().start()))) {
            document = head.place().start();
            deliver(partition.take(), receiver);
            head = partition.head();
        }
    }

    private void deliver(StructureFinding finding, MatchReceiver receiver) throws IOException {
        switch (finding) {
            case StructureHit hit -> {
                receiver.accept(hit);
                count++;
            }
            case StructureCount counted -> count += counted.matches();
        }
        last = finding.place();
    }

    private static boolean isSame(OccurrencePlace document, OccurrencePlace other) {
        return document.path().equals(other.path())
                && document.ref().equals(other.ref())
                && document.repository().equals(other.repository());
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
        StructurePlace searched = searchedTo();
        if (searched == null) {
            PartitionSearch next = least();
            while (next != null && isWanted()) {
                deliver(next, receiver);
                next = least();
            }
        }
        return end(reason, searched);
    }

    /** The last place that all were searched to; null when some have not come anywhere. */
    private @Nullable StructurePlace searchedTo() {
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

    private StructureEnd end(@Nullable String reason, @Nullable StructurePlace next) {
        SearchEffort effort =
                partitions.stream()
                        .map(PartitionSearch::effort)
                        .reduce(SearchEffort.NONE, SearchEffort::plus);
        return new StructureEnd(
                count,
                reason == null ? StructureFailures.unreadable(effort) : reason,
                next == null ? null : Cursor.write(page.question(), Places.parts(next)),
                Map.copyOf(missing),
                effort);
    }
}
