package io.tidescope.query.routing;

import io.tidescope.query.routing.Attempt.Outcome;
import io.tidescope.query.routing.Member.Hearing;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final RoutedStore.Parts parts;
    private final StoreQuery<R> query;
    private final ReadBound bound;
    private final Gathering<R> gathering;
    private final Set<Attempt<R>> running = new HashSet<>();
    private final BlockingQueue<Outcome<R>> outcomes = new LinkedBlockingQueue<>();

    Asking(RoutedStore.Parts parts, StoreQuery<R> query, ReadBound bound, Set<Integer> asked) {
        this.parts = parts;
        this.query = query;
        this.bound = bound;
        gathering = new Gathering<>(parts, bound, parts.cache().look(query, asked), asked);
    }

    /**
     * Asks to the end.
     *
     * @throws TideScopeException DEADLINE_EXCEEDED when nodes that are there took too long,
     *     OVERLOADED when they have too much to do, and what answering failed with
     */
    Answers<R> run() {
        try {
            route(gathering.open().keySet());
            while (!gathering.isComplete()) {
                Outcome<R> outcome = next();
                // What comes of an attempt that was given up on is how it was ended.
                if (outcome != null && running.contains(outcome.attempt())) {
                    take(outcome);
                }
                if (query.deadline().passed() && !gathering.isComplete()) {
                    endLate();
                }
                if (outcome == null && !gathering.isComplete()) {
                    watch();
                }
            }
            return gathering.answers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, "The service is stopping; ask again shortly.", e);
        } finally {
            running.forEach(Attempt::cancel);
            gathering.end();
        }
    }

    /** What came of an attempt; null when there is something to see after. */
    private @Nullable Outcome<R> next() throws InterruptedException {
        for (Attempt<R> attempt : running) {
            if (attempt.isWaitedFor()) {
                attempt.await(Duration.ofNanos(nap()), outcomes::add);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return outcomes.poll();
            }
        }
        return outcomes.poll(nap(), TimeUnit.NANOSECONDS);
    }

    /** Has the best nodes asked for partitions, or gives up on those that nobody is left for. */
    private void route(Set<Integer> partitions) {
        ClusterView view = parts.watch().view();
        long now = parts.watch().now();
        Batches batches = new Batches();
        for (int partition : partitions) {
            OpenPartition it = gathering.find(partition);
            if (it == null) {
                continue;
            }
            Replica replica = next(view, partition, it, now);
            if (replica != null) {
                batches.add(replica.member(), partition);
            } else if (it.isIdle()) {
                gathering.giveUp(partition, it, view, now);
            }
        }
        begin(batches, now);
    }

    private @Nullable Replica next(ClusterView view, int partition, OpenPartition it, long now) {
        return it.next(
                parts.routes().candidates(view, partition, bound, now), bound.position(partition));
    }

    private void begin(Batches batches, long now) {
        batches.forEach((member, partitions) -> begin(member, partitions, now));
    }

    private void begin(Member member, List<Integer> partitions, long now) {
        Map<Integer, PartitionBound> bounds = new HashMap<>();
        for (int partition : partitions) {
            OpenPartition it = gathering.find(partition);
            if (it != null) {
                bounds.put(partition, gathering.bound(partition));
                it.asked(member, now);
            }
        }
        Attempt<R> attempt = new Attempt<>(member, bounds, now, now + slow().toNanos());
        NodeGate gate = parts.watch().gate(member.address());
        if (gate == null) {
            fail(attempt, ErrorCode.UNAVAILABLE, "it has been forgotten");
        } else if (!gate.enter()) {
            fail(attempt, ErrorCode.OVERLOADED, "too many questions wait for it");
        } else {
            parts.hedges().asked();
            running.add(attempt);
            attempt.begin(gate, query, parts.here(), outcomes::add);
        }
    }

    private void fail(Attempt<R> attempt, ErrorCode code, String why) {
        take(new Outcome<>(attempt, null, new TideScopeException(code, why)));
    }

    private void take(Outcome<R> outcome) {
        Attempt<R> attempt = outcome.attempt();
        Member member = attempt.member();
        running.remove(attempt);
        Map<Integer, PartitionReply<R>> replies = outcome.replies();
        if (replies == null && isTooMuch(outcome.cause()) && attempt.partitions().size() > 1) {
            long now = parts.watch().now();
            attempt.partitions().stream()
                    .filter(gathering::isOpen)
                    .forEach(partition -> begin(member, List.of(partition), now));
            return;
        }
        if (replies == null) {
            boolean isLive = isLive(member);
            for (int partition : attempt.partitions()) {
                gathering.failure(member, partition, outcome.cause(), isLive);
            }
            suspect(member, outcome.cause());
            route(attempt.partitions());
            return;
        }
        for (int partition : attempt.partitions()) {
            gathering.reply(member, partition, replies.get(partition));
        }
        if (attempt.partitions().stream().anyMatch(gathering::isOpen)) {
            parts.watch().lookNow();
            route(attempt.partitions());
        }
    }

    /** Whether the answers of several partitions may have been larger together than one may be. */
    private static boolean isTooMuch(Throwable failure) {
        return failure instanceof TideScopeException known
                && known.code() == ErrorCode.LIMIT_EXCEEDED;
    }

    private void suspect(Member member, Throwable failure) {
        if (failure instanceof TideScopeException known && known.code() == ErrorCode.UNAVAILABLE) {
            parts.watch().suspect(member, String.valueOf(known.getMessage()));
        }
    }

    /** Sees after what has been waited for long enough. */
    private void watch() {
        ClusterView view = parts.watch().view();
        long now = parts.watch().now();
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
                case GONE -> {
                    attempt.cancel();
                    fail(
                            attempt,
                            ErrorCode.UNAVAILABLE,
                            "it has not been heard of for too long, or was started again");
                }
            }
        }
        route(gathering.idle());
    }

    /** How long an answer may take before it is slow: a search takes the time it was given. */
    private Duration slow() {
        Duration hedgeAfter = parts.settings().hedgeAfter();
        return query instanceof SearchStructure search
                ? hedgeAfter.plus(search.time())
                : hedgeAfter;
    }

    /** Asks others for what nobody but this attempt is waited for. */
    private void hedge(Attempt<R> attempt, ClusterView view, long now, boolean sparingly) {
        Batches batches = new Batches();
        for (int partition : attempt.partitions()) {
            OpenPartition it = gathering.find(partition);
            Replica replica =
                    it == null || !it.isAskedOnce() ? null : next(view, partition, it, now);
            if (replica != null && replica.member().isLive(now, parts.settings())) {
                batches.add(replica.member(), partition);
            }
        }
        if (!batches.isEmpty() && (!sparingly || parts.hedges().take())) {
            begin(batches, now);
        }
    }

    /** How long nothing has to be seen after, in nanoseconds. */
    private long nap() {
        long now = parts.watch().now();
        long nap = Math.min(PATROL.toNanos(), query.deadline().remaining().toNanos());
        for (Attempt<R> attempt : running) {
            nap = Math.min(nap, attempt.due() - now);
        }
        return Math.max(0, gathering.idle().isEmpty() ? nap : Math.min(nap, GLANCE.toNanos()));
    }

    /** Ends at the deadline: an answer without what only silent nodes have, or none. */
    private void endLate() {
        boolean working =
                running.stream()
                        .filter(it -> it.partitions().stream().anyMatch(gathering::isOpen))
                        .anyMatch(it -> isLive(it.member()));
        if (working) {
            throw Gathering.late();
        }
        gathering.endLate(parts.watch().view(), parts.watch().now());
    }

    private boolean isLive(Member member) {
        return parts.watch().view().hearing(member, parts.watch().now(), parts.settings())
                == Hearing.LIVE;
    }
}
