package io.tidescope.query;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreClient.Answers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Holds a query back until the partitions it asks have come as far as a revision: what lets a
 * caller read their own push, also one that moved a ref back. Safe for concurrent use.
 */
public final class RevisionBarrier {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(16);
    private static final Duration ONE_LOOK = Duration.ofSeconds(1);

    private final StoreClient store;
    private final PublishStates publishStates;
    private final Semaphore waiting;

    /**
     * Over a store.
     *
     * @param maxWaiting how many queries may wait at the same time
     */
    public RevisionBarrier(StoreClient store, PublishStates publishStates, int maxWaiting) {
        this.store = store;
        this.publishStates = publishStates;
        this.waiting = new Semaphore(maxWaiting);
    }

    /**
     * Returns when every partition holds the revision.
     *
     * @param scope what the query is about
     * @return by partition, the position at which it holds the revision, as far as that is known:
     *     another replica that has come as far holds it too
     * @throws TideScopeException REVISION_NOT_INDEXED when the wait is over, UNAVAILABLE when too
     *     many queries wait or nobody tells what was published, INVALID_ARGUMENT when the revision
     *     is of another repository than the query
     */
    public Map<Integer, Long> await(RevisionBound bound, Scope scope, Set<Integer> partitions) {
        String repository = bound.revision().repository();
        Scope where =
                new Scope(
                        repository == null ? scope.repository() : repository,
                        scope.ref(),
                        scope.visible());
        if (scope.repository() != null && !scope.repository().equals(where.repository())) {
            throw TideScopeException.invalid(
                    "min_revision",
                    "min_revision is of %s, but the query is about %s."
                            .formatted(where.repository(), scope.repository()));
        }
        Deadline deadline = Deadline.in(bound.patience());
        PublishedCommit commit =
                PublishedCommit.of(
                        bound.revision().commit(),
                        publishStates.statesNow(Deadline.in(longer(ONE_LOOK, bound.patience()))));
        Set<Integer> behind = new HashSet<>(partitions);
        Map<Integer, Long> positions = new HashMap<>();
        if (holds(commit, where, behind, positions)) {
            return positions;
        }
        if (!waiting.tryAcquire()) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "Too many queries wait for a revision now; ask again shortly.");
        }
        try {
            poll(bound, commit, where, behind, positions, deadline);
            return positions;
        } finally {
            waiting.release();
        }
    }

    private void poll(
            RevisionBound bound,
            PublishedCommit commit,
            Scope where,
            Set<Integer> behind,
            Map<Integer, Long> positions,
            Deadline deadline) {
        Duration pause = FIRST_PAUSE;
        do {
            if (deadline.passed()) {
                throw notIndexed(bound, where.repository(), behind);
            }
            sleep(shorter(pause, deadline.remaining()));
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        } while (!holds(commit, where, behind, positions));
    }

    /** Asks those that were behind; a partition that once held the revision is not asked again. */
    private boolean holds(
            PublishedCommit commit,
            Scope where,
            Set<Integer> behind,
            Map<Integer, Long> positions) {
        Answers<List<ReachedRef>> answers = look(commit, where, Set.copyOf(behind));
        answers.byPartition()
                .forEach(
                        (partition, reached) -> {
                            if (commit.isHeldBy(reached)) {
                                behind.remove(partition);
                                Standing standing = answers.standings().get(partition);
                                if (standing != null) {
                                    positions.put(partition, standing.position());
                                }
                            }
                        });
        return behind.isEmpty();
    }

    /** What is not answered in time is not known to be there; the next look may be luckier. */
    private Answers<List<ReachedRef>> look(
            PublishedCommit commit, Scope where, Set<Integer> partitions) {
        try {
            return store.ask(
                    new FindRevision(commit.commit(), where, Deadline.in(ONE_LOOK)), partitions);
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.DEADLINE_EXCEEDED) {
                return new Answers<>(Map.of(), Map.of());
            }
            throw e;
        }
    }

    private static TideScopeException notIndexed(
            RevisionBound bound, @Nullable String repository, Set<Integer> behind) {
        return TideScopeException.about(
                ErrorCode.REVISION_NOT_INDEXED,
                "min_revision",
                "Revision %s%s was not indexed within %d ms: %d partitions are behind. Ask again, wait longer, or name the ref it is on."
                        .formatted(
                                bound.revision().commit(),
                                repository == null ? "" : " of " + repository,
                                bound.patience().toMillis(),
                                behind.size()));
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? right : left;
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, "The service is stopping; ask again shortly.", e);
        }
    }
}
