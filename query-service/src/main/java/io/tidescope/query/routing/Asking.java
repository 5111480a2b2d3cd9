package io.tidescope.query.routing;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.cache.CachedAnswer;
import io.tidescope.query.routing.Attempt.Outcome;
import io.tidescope.query.routing.Member.Hearing;
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
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One question on its way: nodes are asked side by side, each for all that is wanted of it, and
 * asked again elsewhere for what they refuse, lose, or take too long for. Used by one thread, once.
 */
final class Asking<R> {
    /** How often to look whether the picture has changed, while nobody is left to ask. */
    private static final Duration GLANCE = Duration.ofMillis(5);

    /** How often to look whether the nodes that are asked are still there. */
    private static final Duration PATROL = Duration.ofMillis(50);

    /** A partition that nobody has held for so many times the wait is not on its way. */
    private static final int LATELY = 3;

    private final RoutedStore.Parts parts;
    private final StoreQuery<R> query;
    private final ReadBound bound;
    private final AnswerCache.Lookup<R> cached;
    private final Map<Integer, OpenPartition> open = new TreeMap<>();
    private final Set<Attempt<R>> running = new HashSet<>();
    private final BlockingQueue<Outcome<R>> outcomes = new LinkedBlockingQueue<>();
    private final Map<Integer, R> answers = new HashMap<>();
    private final Map<Integer, String> missing = new TreeMap<>();
    private final Map<Integer, Standing> standings = new HashMap<>();

    Asking(RoutedStore.Parts parts, StoreQuery<R> query, ReadBound bound, Set<Integer> asked) {
        this.parts = parts;
        this.query = query;
        this.bound = bound;
        cached = parts.cache().look(query, asked);
        asked.forEach(partition -> open.put(partition, new OpenPartition()));
    }

    /**
     * Asks to the end.
     *
     * @throws TideScopeException DEADLINE_EXCEEDED when nodes that are there took too long,
     *     OVERLOADED when they have too much to do, and what answering failed with
     */
    Answers<R> run() {
        try {
            route(Set.copyOf(open.keySet()));
            while (!open.isEmpty()) {
                Outcome<R> outcome = outcomes.poll(nap(), TimeUnit.NANOSECONDS);
                if (outcome != null) {
                    take(outcome);
                }
                if (query.deadline().passed() && !open.isEmpty()) {
                    endLate();
                }
                if (!open.isEmpty()) {
                    watch();
                }
            }
            return new Answers<>(answers, missing, standings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, "The service is stopping; ask again shortly.", e);
        } finally {
            running.forEach(Attempt::cancel);
        }
    }

    /** Has the best nodes asked for partitions, or gives up on those that nobody is left for. */
    private void route(Set<Integer> partitions) {
        ClusterView view = parts.watch().view();
        long now = System.nanoTime();
        Groups groups = new Groups();
        for (int partition : partitions) {
            OpenPartition it = Objects.requireNonNull(open.get(partition));
            Replica replica = next(view, partition, it, now);
            if (replica != null) {
                groups.add(replica.member(), partition);
            } else if (it.isIdle()) {
                waitOrGiveUp(view, partition, it, now);
            }
        }
        groups.begin(now);
    }

    private void begin(Member member, List<Integer> partitions, long now) {
        Map<Integer, PartitionBound> bounds = new HashMap<>();
        for (int partition : partitions) {
            CachedAnswer<R> known = cached.find(partition);
            bounds.put(
                    partition,
                    new PartitionBound(
                            bound.consistency() == Consistency.STRONG,
                            bound.position(partition),
                            known == null ? -1 : known.position()));
            Objects.requireNonNull(open.get(partition)).asked(member, now);
        }
        Attempt<R> attempt = new Attempt<>(member, bounds, now, now + slow().toNanos());
        NodeGate gate = parts.watch().gate(member.address());
        if (gate == null) {
            take(
                    new Outcome<>(
                            attempt,
                            null,
                            new TideScopeException(
                                    ErrorCode.UNAVAILABLE, "it has been forgotten")));
        } else if (!gate.enter()) {
            take(
                    new Outcome<>(
                            attempt,
                            null,
                            new TideScopeException(
                                    ErrorCode.OVERLOADED, "too many questions wait for it")));
        } else {
            parts.hedges().asked();
            running.add(attempt);
            attempt.begin(gate, query, parts.here(), outcomes::add);
        }
    }

    private void take(Outcome<R> outcome) {
        Attempt<R> attempt = outcome.attempt();
        running.remove(attempt);
        Map<Integer, PartitionReply<R>> replies = outcome.replies();
        Set<Integer> again = new HashSet<>();
        for (int partition : attempt.partitions()) {
            OpenPartition it = open.get(partition);
            if (it == null) {
                continue;
            }
            boolean settled =
                    replies == null
                            ? failed(attempt.member(), it, outcome.cause())
                            : replied(attempt.member(), partition, it, replies.get(partition));
            if (!settled && open.containsKey(partition)) {
                again.add(partition);
            }
        }
        if (replies == null) {
            suspect(attempt.member(), outcome.cause());
        } else if (!again.isEmpty()) {
            parts.watch().lookNow();
        }
        route(again);
    }

    private boolean replied(
            Member member, int partition, OpenPartition it, @Nullable PartitionReply<R> reply) {
        return switch (reply) {
            case Answered<R>(R answer, Standing standing) -> {
                CachedAnswer<R> known = cached.find(partition);
                if (known != null && known.position() > standing.position()) {
                    // A standby that has not come as far as what is at hand.
                    settle(partition, known.answer(), standing);
                } else {
                    cached.keep(partition, answer, standing.position());
                    settle(partition, answer, standing);
                }
                yield true;
            }
            case Unchanged<R>(Standing standing) -> {
                CachedAnswer<R> known = cached.find(partition);
                if (known == null) {
                    it.failed(member, incomprehensible(member));
                    yield false;
                }
                cached.confirm(partition, standing.position());
                settle(partition, known.answer(), standing);
                yield true;
            }
            case Refused<R>(Refusal refusal, String reason) -> {
                it.refused(member, refusal, reason, System.nanoTime());
                yield false;
            }
            case null -> {
                it.failed(member, incomprehensible(member));
                yield false;
            }
        };
    }

    private static TideScopeException incomprehensible(Member member) {
        return new TideScopeException(
                ErrorCode.INTERNAL, member.name() + " gave a reply that answers nothing.");
    }

    private void settle(int partition, R answer, Standing standing) {
        open.remove(partition);
        answers.put(partition, answer);
        standings.put(partition, standing.active() ? standing : behind(partition, standing));
    }

    /** A standby that is cut off from the log does not know how much it lacks; others may. */
    private Standing behind(int partition, Standing standing) {
        long known = parts.watch().view().position(partition) - standing.position();
        return new Standing(standing.position(), false, Math.max(standing.lag(), known));
    }

    /** Whether that ends the matter; what is the same on every node is thrown. */
    private boolean failed(Member member, OpenPartition it, Throwable failure) {
        TideScopeException known =
                failure instanceof TideScopeException expected
                        ? expected
                        : new TideScopeException(
                                ErrorCode.INTERNAL, "A node of the store failed.", failure);
        switch (known.code()) {
            case UNAVAILABLE ->
                    it.unanswered(member, String.valueOf(known.getMessage()), System.nanoTime());
            case OVERLOADED ->
                    it.refused(
                            member,
                            Refusal.OVERLOADED,
                            String.valueOf(known.getMessage()),
                            System.nanoTime());
            case CORRUPT, UNSUPPORTED_VERSION, INTERNAL -> it.failed(member, known);
            case DEADLINE_EXCEEDED,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    LIMIT_EXCEEDED,
                    PRECONDITION_FAILED,
                    UNAUTHENTICATED,
                    REVISION_NOT_INDEXED ->
                    throw known;
        }
        return false;
    }

    private void suspect(Member member, Throwable failure) {
        if (failure instanceof TideScopeException known && known.code() == ErrorCode.UNAVAILABLE) {
            parts.watch().suspect(member, String.valueOf(known.getMessage()));
        }
    }

    /** Nobody is left to ask: somebody may be in a moment. */
    private void waitOrGiveUp(ClusterView view, int partition, OpenPartition it, long now) {
        TideScopeException failure = it.failure();
        if (failure != null) {
            throw failure;
        }
        if (it.isOverloaded()) {
            throw new TideScopeException(
                    ErrorCode.OVERLOADED,
                    "The nodes of the store have too much to do; ask again shortly.");
        }
        Duration waited = Duration.ofNanos(now - it.waitingSince(now));
        Duration moving = parts.settings().moving();
        if (waited.compareTo(moving) < 0 && (it.wasAsked() || wasHeldLately(partition))) {
            return;
        }
        open.remove(partition);
        String refusal = it.refusal();
        missing.put(
                partition,
                refusal == null
                        ? parts.routes().missing(view, partition, bound.consistency(), now)
                        : refusal);
    }

    private boolean wasHeldLately(int partition) {
        Duration lately = parts.settings().moving().multipliedBy(LATELY);
        return parts.watch().wasHeld(partition, bound.consistency(), lately);
    }

    /** Sees after what has been waited for long enough. */
    private void watch() {
        ClusterView view = parts.watch().view();
        long now = System.nanoTime();
        for (Attempt<R> attempt : List.copyOf(running)) {
            if (now - attempt.due() < 0) {
                continue;
            }
            attempt.dueAt(now + GLANCE.toNanos());
            switch (view.hearing(attempt.member(), now, parts.settings())) {
                case LIVE -> {
                    if (now - attempt.started() >= slow().toNanos()) {
                        hedge(attempt, view, now, true);
                    }
                }
                case QUIET -> hedge(attempt, view, now, false);
                case GONE -> abandon(attempt);
            }
        }
        route(idle());
    }

    /** How long an answer may take before it is slow: a search takes the time it was given. */
    private Duration slow() {
        Duration hedgeAfter = parts.settings().hedgeAfter();
        return query instanceof SearchStructure search
                ? hedgeAfter.plus(search.time())
                : hedgeAfter;
    }

    /** Asks others for what an attempt is still waited for. */
    private void hedge(Attempt<R> attempt, ClusterView view, long now, boolean sparingly) {
        if (attempt.hedged() || bound.consistency() == Consistency.STRONG) {
            return;
        }
        Groups groups = new Groups();
        for (int partition : attempt.partitions()) {
            OpenPartition it = open.get(partition);
            Replica replica = it == null ? null : next(view, partition, it, now);
            if (replica != null && replica.member().isLive(now, parts.settings())) {
                groups.add(replica.member(), partition);
            }
        }
        if (!groups.isEmpty() && (!sparingly || parts.hedges().take())) {
            attempt.hedge();
            groups.begin(now);
        }
    }

    private void abandon(Attempt<R> attempt) {
        attempt.cancel();
        take(
                new Outcome<>(
                        attempt,
                        null,
                        new TideScopeException(
                                ErrorCode.UNAVAILABLE, "it has not been heard of for too long")));
    }

    private Set<Integer> idle() {
        Set<Integer> idle = new HashSet<>();
        open.forEach(
                (partition, it) -> {
                    if (it.isIdle()) {
                        idle.add(partition);
                    }
                });
        return idle;
    }

    /** How long nothing has to be seen after, in nanoseconds. */
    private long nap() {
        long now = System.nanoTime();
        long nap = Math.min(PATROL.toNanos(), query.deadline().remaining().toNanos());
        for (Attempt<R> attempt : running) {
            nap = Math.min(nap, attempt.due() - now);
        }
        return Math.max(0, idle().isEmpty() ? nap : Math.min(nap, GLANCE.toNanos()));
    }

    /** Ends at the deadline: an answer without what only silent nodes have, or none. */
    private void endLate() {
        ClusterView view = parts.watch().view();
        long now = System.nanoTime();
        boolean working =
                running.stream()
                        .filter(it -> it.partitions().stream().anyMatch(open::containsKey))
                        .anyMatch(it -> isLive(it, view, now));
        if (working || answers.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The deadline passed before all partitions had answered.");
        }
        for (int partition : open.keySet()) {
            missing.put(
                    partition, parts.routes().missing(view, partition, bound.consistency(), now));
        }
        open.clear();
    }

    private boolean isLive(Attempt<R> attempt, ClusterView view, long now) {
        return view.hearing(attempt.member(), now, parts.settings()) == Hearing.LIVE;
    }

    private @Nullable Replica next(ClusterView view, int partition, OpenPartition it, long now) {
        return it.next(
                parts.routes().candidates(view, partition, bound, now), bound.position(partition));
    }

    /** Partitions by the node that is to be asked for them. */
    private final class Groups {
        private final Map<String, Member> members = new TreeMap<>();
        private final Map<String, List<Integer>> partitions = new HashMap<>();

        void add(Member member, int partition) {
            members.put(member.address(), member);
            partitions
                    .computeIfAbsent(member.address(), absent -> new ArrayList<>())
                    .add(partition);
        }

        boolean isEmpty() {
            return members.isEmpty();
        }

        void begin(long now) {
            members.forEach(
                    (address, member) ->
                            Asking.this.begin(
                                    member, partitions.getOrDefault(address, List.of()), now));
        }
    }
}
