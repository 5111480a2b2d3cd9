package io.tidescope.query.routing;

import io.tidescope.query.InMemoryStore;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeInspection.PartitionProgress;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Answered;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.PartitionReply.Refused;
import io.tidescope.store.query.PartitionReply.Unchanged;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that holds what it is told to hold of a store, and fails how it is told to fail. */
final class FakeNode implements NodeClient {
    private final String id;
    private final int partitions;
    private final InMemoryStore data;
    private final Map<Integer, Held> held = new TreeMap<>();
    private final Map<Integer, Refusal> refusals = new HashMap<>();
    private final List<String> peers = new CopyOnWriteArrayList<>();
    private String incarnation;
    private @Nullable RuntimeException failure;
    private @Nullable RuntimeException refusingToAnswer;
    private @Nullable RuntimeException refusingToTell;
    private CountDownLatch going = new CountDownLatch(0);
    private boolean silent;
    private boolean answering;
    private boolean careless;
    private int mostAtOnce = Integer.MAX_VALUE;
    private @Nullable Error defect;

    final List<Map<Integer, PartitionBound>> asked = new CopyOnWriteArrayList<>();
    final List<Thread> askers = new CopyOnWriteArrayList<>();
    final AtomicInteger interrupted = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();

    FakeNode(String id, int partitions, InMemoryStore data) {
        this.id = id;
        this.partitions = partitions;
        this.data = data;
        incarnation = id + "-1";
    }

    synchronized FakeNode holds(int partition, State state, long position) {
        held.put(
                partition,
                new Held(partition, state, new Standing(position, state == State.ACTIVE, 0)));
        return this;
    }

    synchronized FakeNode active(int... those) {
        for (int partition : those) {
            holds(partition, State.ACTIVE, 10);
        }
        return this;
    }

    synchronized FakeNode standby(int... those) {
        for (int partition : those) {
            holds(partition, State.STANDBY, 10);
        }
        return this;
    }

    synchronized void drop(int partition) {
        held.remove(partition);
    }

    FakeNode knows(String... addresses) {
        peers.addAll(List.of(addresses));
        return this;
    }

    /** Is another process of the same name from now on. */
    synchronized FakeNode incarnation(String name) {
        incarnation = name;
        return this;
    }

    /** Answers nothing any more. */
    synchronized void die() {
        failure = new TideScopeException(ErrorCode.UNAVAILABLE, "connection refused");
    }

    synchronized void revive() {
        failure = null;
    }

    /** Answers what it is asked with an exception, and says that it is well. */
    synchronized void fail(@Nullable RuntimeException exception) {
        refusingToAnswer = exception;
    }

    synchronized void refuse(int partition, Refusal refusal) {
        refusals.put(partition, refusal);
    }

    synchronized void refuseNothing() {
        refusals.clear();
    }

    /** Keeps everybody waiting who asks, but for heartbeats. */
    synchronized void stall() {
        going = new CountDownLatch(1);
    }

    /** Keeps everybody waiting, as when its process is stopped. */
    synchronized void stop() {
        going = new CountDownLatch(1);
        silent = true;
    }

    synchronized void goOn() {
        silent = false;
        going.countDown();
    }

    /** Keeps everybody waiting who looks, and none who asks. */
    synchronized void fallSilent() {
        silent = true;
        going = new CountDownLatch(1);
        answering = true;
    }

    /** Is another process from now on, that knows nothing of what was asked of the one before. */
    synchronized void restart(String name) {
        incarnation = name;
        going = new CountDownLatch(0);
        silent = false;
    }

    /** Answers with whatever it has. */
    synchronized void becomeCareless() {
        careless = true;
    }

    /** Has answers that are too large together when more partitions are asked. */
    synchronized void answerAtOnce(int most) {
        mostAtOnce = most;
    }

    /** Ends the next look at it as defects do. */
    synchronized void failOnce(Error error) {
        defect = error;
    }

    @Override
    public NodeStatus status(Deadline deadline) {
        looks.incrementAndGet();
        CountDownLatch wait;
        synchronized (this) {
            wait = silent ? going : new CountDownLatch(0);
        }
        await(wait, deadline);
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            Error error = defect;
            if (error != null) {
                defect = null;
                throw error;
            }
            return new NodeStatus(
                    id, incarnation, partitions, List.copyOf(held.values()), List.copyOf(peers));
        }
    }

    /** Tells nothing of itself but its status. */
    synchronized void tellNothing(RuntimeException exception) {
        refusingToTell = exception;
    }

    @Override
    public NodeInspection inspect(Deadline deadline) {
        synchronized (this) {
            if (refusingToTell != null) {
                throw refusingToTell;
            }
        }
        NodeStatus status = status(deadline);
        return new NodeInspection(
                status.nodeId(),
                null,
                List.of(),
                0,
                0,
                status.held().stream()
                        .map(
                                here ->
                                        new PartitionProgress(
                                                here.partition(),
                                                here.state(),
                                                here.standing(),
                                                -1,
                                                -1,
                                                0))
                        .toList());
    }

    @Override
    public <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        asked.add(bounds);
        askers.add(Thread.currentThread());
        CountDownLatch wait;
        synchronized (this) {
            wait = answering ? new CountDownLatch(0) : going;
        }
        await(wait, query.deadline());
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            if (refusingToAnswer != null) {
                throw refusingToAnswer;
            }
            if (bounds.size() > mostAtOnce) {
                throw new TideScopeException(ErrorCode.LIMIT_EXCEEDED, "too large a message");
            }
            Map<Integer, PartitionReply<R>> replies = new HashMap<>();
            bounds.forEach(
                    (partition, bound) -> replies.put(partition, reply(query, partition, bound)));
            return replies;
        }
    }

    private <R> PartitionReply<R> reply(StoreQuery<R> query, int partition, PartitionBound bound) {
        Refusal scripted = refusals.get(partition);
        Held here = held.get(partition);
        if (scripted != null) {
            return new Refused<>(scripted, "told to");
        }
        if (here == null) {
            return new Refused<>(Refusal.NOT_HERE, "not on this node");
        }
        if (here.state() == State.RESTORING) {
            return new Refused<>(Refusal.RESTORING, "restoring");
        }
        if (!careless && bound.activeOnly() && here.state() != State.ACTIVE) {
            return new Refused<>(Refusal.STANDBY, "a standby");
        }
        long position = here.standing().position();
        if (!careless && position < bound.minPosition()) {
            return new Refused<>(Refusal.BEHIND, "only at " + position);
        }
        if (bound.knownPosition() == position) {
            return new Unchanged<>(here.standing());
        }
        R answer =
                Objects.requireNonNull(
                        data.ask(query, Set.of(partition)).byPartition().get(partition));
        return new Answered<>(answer, here.standing());
    }

    private void await(CountDownLatch wait, Deadline deadline) {
        try {
            if (!wait.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TideScopeException(ErrorCode.DEADLINE_EXCEEDED, "too late");
            }
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            Thread.currentThread().interrupt();
            throw new TideScopeException(ErrorCode.UNAVAILABLE, "interrupted", e);
        }
    }
}
