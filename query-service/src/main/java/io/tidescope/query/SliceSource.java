package io.tidescope.query;

import io.opentelemetry.context.Context;
import io.tidescope.query.StructureSlices.Extent;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The slices of one partition behind its first one, fetched and made ready one after the other on a
 * thread of their own, a few ahead of who uses them.
 */
final class SliceSource {
    /** Slices that are fetched ahead. */
    static final int AHEAD = 2;

    private final int partition;
    private final StructureSlices slices;
    private final MatchReceiver receiver;
    private final Semaphore wanted = new Semaphore(0);
    private final BlockingQueue<Outcome> came = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean started;

    /** Where the fetching stands; used by its thread alone. */
    private @Nullable StructurePlace reached;

    private Extent extent;

    /**
     * @param found up to {@code reached}, with its matches made ready
     */
    record Slice(StructureHits found, MatchReceiver.@Nullable Ready ready) {}

    private sealed interface Outcome {
        record Came(Slice slice) implements Outcome {}

        record Failed(Throwable cause) implements Outcome {}
    }

    /**
     * @param reached where the next slice begins
     * @param extent its extent
     */
    private SliceSource(
            int partition,
            StructureSlices slices,
            MatchReceiver receiver,
            @Nullable StructurePlace reached,
            Extent extent) {
        this.partition = partition;
        this.slices = slices;
        this.receiver = receiver;
        this.reached = reached;
        this.extent = extent;
        thread =
                Thread.ofVirtual()
                        .name("search-slice")
                        .unstarted(Context.current().wrap(this::run));
    }

    /** The slices behind a partition's first one. */
    static SliceSource behind(
            StructureHits first,
            @Nullable StructurePlace after,
            int partition,
            StructureSlices slices,
            MatchReceiver receiver) {
        return new SliceSource(
                partition,
                slices,
                receiver,
                first.reached(),
                next(slices, slices.first(), after, first.reached()));
    }

    /** Has a further slice fetched. */
    void want() {
        if (!started) {
            started = true;
            thread.start();
        }
        wanted.release();
    }

    /**
     * Waits for the next slice.
     *
     * @return null when it has not come yet
     * @throws TideScopeException when the partition failed to answer
     */
    @Nullable Slice await(Duration patience) throws InterruptedException {
        Outcome outcome = came.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        return switch (outcome) {
            case null -> null;
            case Outcome.Came(Slice slice) -> slice;
            case Outcome.Failed(TideScopeException known) -> throw known;
            case Outcome.Failed(Throwable cause) ->
                    throw new TideScopeException(
                            ErrorCode.INTERNAL, "A partition failed to answer.", cause);
        };
    }

    /** Ends what is under way. */
    void cancel() {
        thread.interrupt();
    }

    private void run() {
        try {
            boolean ended = false;
            while (!ended) {
                wanted.acquire();
                Slice slice = read();
                ended = slice.found().ended();
                came.add(new Outcome.Came(slice));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            came.add(new Outcome.Failed(e));
        }
    }

    private Slice read() {
        Answers<StructureHits> answers = slices.read(partition, reached, extent);
        StructureHits found = answers.byPartition().get(partition);
        if (found == null) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    answers.missing().getOrDefault(partition, "no reason given"));
        }
        extent = next(slices, extent, reached, found.reached());
        reached = found.reached();
        return ready(found, receiver);
    }

    /** The extent of the slice behind one that went from one place to another. */
    private static Extent next(
            StructureSlices slices,
            Extent extent,
            @Nullable StructurePlace from,
            @Nullable StructurePlace to) {
        return Objects.equals(from, to) ? extent.withMoreTime() : slices.following(extent);
    }

    static Slice ready(StructureHits found, MatchReceiver receiver) {
        List<StructureHit> matches = new ArrayList<>(found.found().size());
        for (StructureFinding finding : found.found()) {
            if (finding instanceof StructureHit match) {
                matches.add(match);
            }
        }
        return new Slice(found, matches.isEmpty() ? null : receiver.ready(matches));
    }
}
