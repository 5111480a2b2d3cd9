package io.tidescope.query.routing;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.cache.CachedAnswer;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Answered;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.PartitionReply.Refused;
import io.tidescope.store.query.PartitionReply.Unchanged;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient.Answers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has come of a question so far: which partitions have answered, which are missing, and which
 * are open yet. It decides what a reply, or a failure, is worth. Used by one thread.
 */
final class Gathering<R> {
    /** A partition that nobody has held for so many times the wait is not on its way. */
    private static final int LATELY = 3;

    private final RoutedStore.Parts parts;
    private final ReadBound bound;
    private final AnswerCache.Lookup<R> cached;
    private final Map<Integer, OpenPartition> open = new TreeMap<>();
    private final Map<Integer, R> answers = new HashMap<>();
    private final Map<Integer, String> missing = new TreeMap<>();
    private final Map<Integer, Standing> standings = new HashMap<>();

    Gathering(
            RoutedStore.Parts parts,
            ReadBound bound,
            AnswerCache.Lookup<R> cached,
            Set<Integer> asked) {
        this.parts = parts;
        this.bound = bound;
        this.cached = cached;
        asked.forEach(partition -> open.put(partition, new OpenPartition()));
    }

    /** Whether nothing is open. */
    boolean isComplete() {
        return open.isEmpty();
    }

    boolean isOpen(int partition) {
        return open.containsKey(partition);
    }

    /** Those that are open, as they are now. */
    Map<Integer, OpenPartition> open() {
        return Map.copyOf(open);
    }

    /** A partition that is open; null when it is not. */
    @Nullable OpenPartition find(int partition) {
        return open.get(partition);
    }

    /** Those that are open and that nobody is being asked for. */
    Set<Integer> idle() {
        Set<Integer> idle = new HashSet<>();
        open.forEach(
                (partition, it) -> {
                    if (it.isIdle()) {
                        idle.add(partition);
                    }
                });
        return idle;
    }

    Answers<R> answers() {
        return new Answers<>(answers, missing, standings);
    }

    /** What a partition's answer must be like. */
    PartitionBound bound(int partition) {
        CachedAnswer<R> known = cached.find(partition);
        return new PartitionBound(
                isStrong(), bound.position(partition), known == null ? -1 : known.position());
    }

    private boolean isStrong() {
        return bound.consistency() == Consistency.STRONG;
    }

    /** Takes a node's reply in; a partition that it does not settle stays open. */
    void reply(Member member, int partition, @Nullable PartitionReply<R> reply) {
        OpenPartition it = open.get(partition);
        if (it == null) {
            return;
        }
        CachedAnswer<R> known = cached.find(partition);
        switch (reply) {
            case Answered<R>(R answer, Standing standing) -> {
                if (known != null && known.position() > standing.position()) {
                    // A standby that has not come as far as what is at hand.
                    settle(member, partition, it, known, standing);
                } else {
                    CachedAnswer<R> given = new CachedAnswer<>(answer, standing.position());
                    if (settle(member, partition, it, given, standing)) {
                        cached.keep(partition, answer, standing.position());
                    }
                }
            }
            case Unchanged<R>(Standing standing) when known != null -> {
                if (settle(member, partition, it, known, standing)) {
                    cached.confirm(partition, standing.position());
                }
            }
            case Refused<R>(Refusal refusal, String reason) ->
                    it.refused(member, refusal, reason, parts.watch().now());
            case Unchanged<R> unknown -> it.failed(member, incomprehensible(member));
            case null -> it.failed(member, incomprehensible(member));
        }
    }

    private static TideScopeException incomprehensible(Member member) {
        return new TideScopeException(
                ErrorCode.INTERNAL, member.name() + " gave a reply that answers nothing.");
    }

    /** Takes an answer, if it is what was asked for, whatever the node thought that to be. */
    private boolean settle(
            Member member,
            int partition,
            OpenPartition it,
            CachedAnswer<R> answer,
            Standing standing) {
        long now = parts.watch().now();
        if (isStrong() && !standing.active()) {
            it.refused(member, Refusal.STANDBY, "it answered as a standby", now);
            return false;
        }
        if (answer.position() < bound.position(partition)) {
            it.refused(
                    member,
                    Refusal.BEHIND,
                    "it answered as of record %d, and %d is asked for"
                            .formatted(answer.position(), bound.position(partition)),
                    now);
            return false;
        }
        open.remove(partition);
        answers.put(partition, answer.answer());
        standings.put(partition, standing.active() ? standing : behind(partition, standing));
        return true;
    }

    /** Nothing more is taken in: others may have what came of it. */
    void end() {
        cached.end();
    }

    /** A standby that is cut off from the log does not know how much it lacks; others may. */
    private Standing behind(int partition, Standing standing) {
        long known = parts.watch().view().position(partition) - standing.position();
        return new Standing(standing.position(), false, Math.max(standing.lag(), known));
    }

    /**
     * Takes in that a node had no reply.
     *
     * @param isLive whether the node is there
     * @throws TideScopeException when it would be the same on every node
     */
    void failure(Member member, int partition, Throwable failure, boolean isLive) {
        OpenPartition it = open.get(partition);
        if (it == null) {
            return;
        }
        TideScopeException known =
                failure instanceof TideScopeException expected
                        ? expected
                        : new TideScopeException(
                                ErrorCode.INTERNAL, "A node of the store failed.", failure);
        String why = String.valueOf(known.getMessage());
        long now = parts.watch().now();
        switch (known.code()) {
            case UNAVAILABLE -> it.unanswered(member, why, now);
            case DEADLINE_EXCEEDED -> {
                if (isLive) {
                    throw known;
                }
                // It was waited for in vain; others may have answered.
                it.unanswered(member, why, now);
            }
            case OVERLOADED -> it.refused(member, Refusal.OVERLOADED, why, now);
            case CORRUPT, UNSUPPORTED_VERSION, INTERNAL -> it.failed(member, known);
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    LIMIT_EXCEEDED,
                    PRECONDITION_FAILED,
                    UNAUTHENTICATED,
                    REVISION_NOT_INDEXED ->
                    throw known;
        }
    }

    /**
     * Gives up on a partition that nobody is left to ask for, unless somebody may be in a moment.
     *
     * @throws TideScopeException what nodes that hold it failed with, OVERLOADED when they have too
     *     much to do
     */
    void giveUp(int partition, OpenPartition it, ClusterView view, long now) {
        TideScopeException failure = it.failure();
        if (failure != null) {
            throw failure;
        }
        if (it.isOverloaded()) {
            throw new TideScopeException(
                    ErrorCode.OVERLOADED,
                    "The nodes of the store have too much to do; ask again shortly.");
        }
        // Whoever asks waits for so long also when nobody looks at the nodes any more.
        long real = System.nanoTime();
        Duration waited = Duration.ofNanos(real - it.waitingSince(real));
        Duration moving = parts.settings().moving();
        if (waited.compareTo(moving) < 0 && (it.wasAsked() || wasHeldLately(partition))) {
            return;
        }
        open.remove(partition);
        String refusal = it.refusal();
        missing.put(partition, refusal == null ? missing(partition, view, now) : refusal);
    }

    private boolean wasHeldLately(int partition) {
        Duration lately = parts.settings().moving().multipliedBy(LATELY);
        return parts.watch().wasHeld(partition, bound.consistency(), lately);
    }

    private String missing(int partition, ClusterView view, long now) {
        return parts.routes().missing(view, partition, bound.consistency(), now);
    }

    /**
     * Gives up on all that is open.
     *
     * @throws TideScopeException DEADLINE_EXCEEDED when nothing has come
     */
    void endLate(ClusterView view, long now) {
        if (answers.isEmpty()) {
            throw late();
        }
        open.keySet().forEach(partition -> missing.put(partition, missing(partition, view, now)));
        open.clear();
    }

    static TideScopeException late() {
        return new TideScopeException(
                ErrorCode.DEADLINE_EXCEEDED,
                "The deadline passed before all partitions had answered.");
    }
}
