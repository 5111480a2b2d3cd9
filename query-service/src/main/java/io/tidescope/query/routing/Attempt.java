package io.tidescope.query.routing;

import io.opentelemetry.context.Context;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Pending;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One node asked for some partitions. Used by the thread that began it; what came of it is handed
 * over.
 *
 * <p>Most answers come soon, and whoever began it has nothing else to do: it waits for a while
 * itself, for every thread that takes part costs more than the question does. What takes longer is
 * left to a thread that only waits for it.
 */
final class Attempt<R> {
    private final Member member;
    private final Map<Integer, PartitionBound> bounds;
    private final long started;
    private long due;
    private @Nullable Pending<R> pending;
    private @Nullable Thread thread;

    /** Times are of the {@link AwakeClock}. */
    Attempt(Member member, Map<Integer, PartitionBound> bounds, long started, long due) {
        this.member = member;
        this.bounds = Map.copyOf(bounds);
        this.started = started;
        this.due = due;
    }

    /** What came of an attempt: one of both is there. */
    record Outcome<R>(
            Attempt<R> attempt,
            @Nullable Map<Integer, PartitionReply<R>> replies,
            @Nullable Throwable failure) {
        Throwable cause() {
            return Objects.requireNonNull(failure);
        }
    }

    Member member() {
        return member;
    }

    Set<Integer> partitions() {
        return bounds.keySet();
    }

    /** When it began. */
    long started() {
        return started;
    }

    /** When somebody should see after it. */
    long due() {
        return due;
    }

    void dueAt(long time) {
        due = time;
    }

    /**
     * Begins; where the node is asked on this thread, it ends as well.
     *
     * @param gate that was entered for it
     */
    void begin(
            NodeGate gate, StoreQuery<R> query, boolean here, Consumer<Outcome<R>> whatCameOfIt) {
        if (here) {
            end(() -> gate.ask(query, bounds), whatCameOfIt);
            return;
        }
        try {
            pending = gate.begin(query, bounds);
        } catch (RuntimeException | Error e) {
            whatCameOfIt.accept(new Outcome<>(this, null, e));
            return;
        }
        if (pending == null) {
            leave(() -> gate.ask(query, bounds), whatCameOfIt);
        }
    }

    /** Whether somebody has to wait for it. */
    boolean isWaitedFor() {
        return pending != null;
    }

    /** Waits for some time, and then leaves the waiting to another thread. */
    void await(Duration time, Consumer<Outcome<R>> whatCameOfIt) {
        Pending<R> sent = Objects.requireNonNull(pending);
        pending = null;
        try {
            Map<Integer, PartitionReply<R>> replies = sent.poll(time);
            if (replies == null) {
                leave(sent::await, whatCameOfIt);
            } else {
                whatCameOfIt.accept(new Outcome<>(this, replies, null));
            }
        } catch (RuntimeException | Error e) {
            whatCameOfIt.accept(new Outcome<>(this, null, e));
        }
    }

    private void leave(
            Supplier<Map<Integer, PartitionReply<R>>> answer, Consumer<Outcome<R>> whatCameOfIt) {
        Runnable waiting = Context.current().wrap(() -> end(answer, whatCameOfIt));
        thread = Thread.ofVirtual().name("store-ask").start(waiting);
    }

    private void end(
            Supplier<Map<Integer, PartitionReply<R>>> answer, Consumer<Outcome<R>> whatCameOfIt) {
        Outcome<R> outcome;
        try {
            outcome = new Outcome<>(this, answer.get(), null);
        } catch (Throwable e) {
            outcome = new Outcome<>(this, null, e);
        }
        whatCameOfIt.accept(outcome);
    }

    /** Nobody wants the answer any more. */
    void cancel() {
        Pending<R> sent = pending;
        if (sent != null) {
            pending = null;
            sent.cancel();
        }
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
