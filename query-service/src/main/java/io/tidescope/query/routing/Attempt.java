package io.tidescope.query.routing;

import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One node asked for some partitions, on a thread that only waits for it. Used by the thread that
 * began it; what came of it is handed over.
 */
final class Attempt<R> {
    private final Member member;
    private final Map<Integer, PartitionBound> bounds;
    private final long started;
    private long due;
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
     * Begins, on a thread of its own, or ends on this one.
     *
     * @param gate that was entered for it
     */
    void begin(
            NodeGate gate, StoreQuery<R> query, boolean here, Consumer<Outcome<R>> whatCameOfIt) {
        if (here) {
            ask(gate, query, whatCameOfIt);
        } else {
            thread =
                    Thread.ofVirtual()
                            .name("store-ask")
                            .start(() -> ask(gate, query, whatCameOfIt));
        }
    }

    private void ask(NodeGate gate, StoreQuery<R> query, Consumer<Outcome<R>> whatCameOfIt) {
        Outcome<R> outcome;
        try {
            outcome = new Outcome<>(this, gate.ask(query, bounds), null);
        } catch (Throwable e) {
            outcome = new Outcome<>(this, null, e);
        }
        whatCameOfIt.accept(outcome);
    }

    /** Nobody waits for it any more. */
    void cancel() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
