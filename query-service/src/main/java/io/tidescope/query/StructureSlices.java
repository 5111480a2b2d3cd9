package io.tidescope.query;

import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a structural search slice by slice: small ones first, so that the first matches come at
 * once, then larger ones.
 */
final class StructureSlices {
    /** Findings that a search holds, over all partitions. */
    private static final int MAX_HELD = 24_576;

    private static final int FIRST_SIZE = 32;
    private static final int MIN_SIZE = 16;
    private static final int MAX_SIZE = 1_024;
    private static final int GROWTH = 4;

    private static final Duration FIRST_TIME = Duration.ofMillis(50);
    private static final Duration MAX_TIME = Duration.ofMillis(400);

    /** For a document that takes longer than that. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Gateway gateway;
    private final StructureQuestion question;
    private final int maxSize;
    private final Deadline until;
    private final Deadline deadline;
    private final Map<Integer, Standing> standings = new ConcurrentHashMap<>();

    /**
     * @param most findings that anybody wants
     * @param until no slice takes longer
     */
    StructureSlices(
            Gateway gateway,
            StructureQuestion question,
            long most,
            Deadline until,
            Deadline deadline) {
        this.gateway = gateway;
        this.question = question;
        int share = MAX_HELD / ((1 + SliceSource.AHEAD) * gateway.partitions().size());
        maxSize = (int) Math.min(most, Math.clamp(share, MIN_SIZE, MAX_SIZE));
        this.until = until;
        this.deadline = deadline;
    }

    /** Findings that a slice holds at most. */
    int maxSize() {
        return maxSize;
    }

    /** How much a slice may hold, and how long it may take to find. */
    record Extent(int size, Duration time) {
        /** After a slice that found nothing out in its time. */
        Extent withMoreTime() {
            return time.compareTo(LONGEST) < 0 ? new Extent(size, time.multipliedBy(2)) : this;
        }
    }

    Extent first() {
        // Counts are small, and none is shown before the end.
        return new Extent(
                question.countOnly() ? maxSize : Math.min(FIRST_SIZE, maxSize), FIRST_TIME);
    }

    Extent following(Extent extent) {
        Duration doubled = extent.time().multipliedBy(2);
        Duration time = doubled.compareTo(MAX_TIME) < 0 ? doubled : MAX_TIME;
        return new Extent(
                Math.min(extent.size() * GROWTH, maxSize),
                // What took longer, such as a large document, may do so again.
                time.compareTo(extent.time()) < 0 ? extent.time() : time);
    }

    /** Whether there is no time for another slice. */
    boolean areOver() {
        return until.passed();
    }

    Deadline deadline() {
        return deadline;
    }

    /** The first slices of all partitions. */
    Answers<StructureHits> readFirst(@Nullable StructurePlace after) {
        return noted(gateway.ask(query(after, first())));
    }

    /** A further slice of a partition, or why there is none. */
    Answers<StructureHits> read(int partition, @Nullable StructurePlace after, Extent extent) {
        return noted(gateway.askSome(query(after, extent), Set.of(partition)));
    }

    /** Where partitions stood that answered last, as far as that is known. */
    Map<Integer, Standing> standings() {
        return Map.copyOf(standings);
    }

    private Answers<StructureHits> noted(Answers<StructureHits> answers) {
        standings.putAll(answers.standings());
        return answers;
    }

    /** How many documents are in scope, in the partitions that answer. */
    long countDocuments() {
        return gateway
                .askSome(new CountDocuments(question.scope(), deadline), gateway.partitions())
                .byPartition()
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private SearchStructure query(@Nullable StructurePlace after, Extent extent) {
        Duration left = until.remaining();
        return new SearchStructure(
                question.search(),
                question.scope(),
                question.paths(),
                after,
                question.countOnly(),
                extent.size(),
                extent.time().compareTo(left) < 0 ? extent.time() : left,
                deadline);
    }
}
