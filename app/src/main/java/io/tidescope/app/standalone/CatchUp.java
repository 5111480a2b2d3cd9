package io.tidescope.app.standalone;

import io.tidescope.parser.replay.IndexExtent;
import io.tidescope.parser.replay.IndexLook;
import io.tidescope.parser.replay.ReplayPlan;
import io.tidescope.parser.replay.Replayed;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RestartLimit;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.StoreClient;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Waits for an index to have what another one has, while it is open: all of its documents made, and
 * applied by a store that answers. For one thread.
 */
final class CatchUp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** Between two looks. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Duration STORE_PATIENCE = Duration.ofSeconds(2);

    private final IndexNodes next;
    private final ReplayPlan plan;
    private final IndexLook there;
    private final IndexLook made;

    CatchUp(IndexNodes live, IndexNodes next, ReplayPlan plan) {
        this.next = next;
        this.plan = plan;
        int partitions = live.topics().partitions();
        there = new IndexLook(live.kafka(), partitions);
        made = new IndexLook(next.kafka(), partitions);
    }

    /** What the other index has now; waits for as long as the cluster does not tell. */
    IndexExtent goal() throws InterruptedException {
        return Objects.requireNonNull(goal(Long.MAX_VALUE));
    }

    /** The same; null when the cluster does not tell in time. */
    @Nullable IndexExtent goal(long deadline) throws InterruptedException {
        AtomicReference<@Nullable IndexExtent> found = new AtomicReference<>();
        await(
                () -> {
                    found.set(there.extent());
                    return true;
                },
                deadline);
        return found.get();
    }

    /**
     * Waits until the other index, whose parser has ended, gets nothing more.
     *
     * @param deadline in nanoseconds of the system's clock
     * @return false when it was not so in time
     */
    boolean awaitLastGoal(long deadline) throws InterruptedException {
        return await(there::isSettled, deadline);
    }

    /**
     * Waits until the index has what was found before.
     *
     * @param deadline in nanoseconds of the system's clock; none if it is the largest number
     * @param progress is told now and then how far it is
     * @return false when it had not in time
     * @throws TideScopeException why its parser or its store has ended
     */
    boolean await(IndexExtent goal, long deadline, Consumer<Replayed> progress)
            throws InterruptedException {
        return await(
                () -> {
                    progress.accept(made.replayed(plan));
                    return has(goal);
                },
                deadline);
    }

    /** What is waited for; the cluster may not tell. */
    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private boolean await(Condition condition, long deadline) throws InterruptedException {
        while (true) {
            if (holds(condition)) {
                return true;
            }
            if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0) {
                return false;
            }
            pause();
        }
    }

    /** A broker that is started again is waited for, as the nodes themselves do. */
    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (TideScopeException e) {
            if (e.code().category() != ErrorCode.Category.RETRIABLE) {
                throw e;
            }
            log.atWarn().setCause(e).log("How far an index is cannot be found out now");
            return false;
        }
    }

    /** Whether the index has now what was found before; false when that cannot be told now. */
    boolean reaches(IndexExtent goal) throws InterruptedException {
        return holds(() -> has(goal));
    }

    private boolean has(IndexExtent goal) throws InterruptedException {
        IndexExtent extent = made.extent();
        return extent.covers(goal) && extent.isAppliedAt(positions());
    }

    /** Of the partitions that answer. */
    private Map<Integer, Long> positions() {
        StoreClient store = next.store().client();
        StoreClient.Answers<PartitionStatistics> answers =
                store.ask(
                        new ReadStatistics(Deadline.in(STORE_PATIENCE)),
                        IntStream.range(0, store.partitions()).boxed().collect(Collectors.toSet()));
        Map<Integer, Long> positions = new HashMap<>();
        answers.byPartition()
                .forEach(
                        (partition, statistics) -> positions.put(partition, statistics.position()));
        return positions;
    }

    private void pause() throws InterruptedException {
        try {
            next.failure().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw RestartLimit.known(e);
        }
    }

    @Override
    public void close() {
        there.close();
        made.close();
    }
}
