package io.tidescope.query.routing;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Pending;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks one node, so many questions at a time; some more wait, and the rest is refused at once.
 * Whoever was let in must ask, or leave. Safe for concurrent use.
 */
final class NodeGate {
    private final NodeClient client;
    private final Semaphore places;
    private final Semaphore asking;

    NodeGate(NodeClient client, RoutingSettings settings) {
        this.client = client;
        places = new Semaphore(settings.maxAsks() + settings.maxWaiting());
        asking = new Semaphore(settings.maxAsks(), true);
    }

    NodeClient client() {
        return client;
    }

    /** Takes a place; false when all are taken. */
    boolean enter() {
        return places.tryAcquire();
    }

    /** Gives a place back without having asked. */
    void leave() {
        places.release();
    }

    /**
     * Asks at once, and gives the place back when that has ended, or fails here; null when it is
     * not its turn, or asking might have to wait otherwise, and it still has the place.
     */
    <R> @Nullable Pending<R> begin(StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        if (asking.hasQueuedThreads() || !asking.tryAcquire()) {
            return null;
        }
        Pending<R> pending;
        try {
            pending = client.begin(query, bounds);
        } catch (RuntimeException | Error e) {
            asking.release();
            places.release();
            throw e;
        }
        if (pending == null) {
            asking.release();
            return null;
        }
        return new Turn<>(pending);
    }

    /** What was begun, and takes a place until it has ended. */
    private final class Turn<R> implements Pending<R> {
        private final Pending<R> pending;

        Turn(Pending<R> pending) {
            this.pending = pending;
        }

        @Override
        public @Nullable Map<Integer, PartitionReply<R>> poll(Duration time) {
            boolean ended = true;
            try {
                Map<Integer, PartitionReply<R>> replies = pending.poll(time);
                ended = replies != null;
                return replies;
            } finally {
                if (ended) {
                    end();
                }
            }
        }

        @Override
        public Map<Integer, PartitionReply<R>> await() {
            try {
                return pending.await();
            } finally {
                end();
            }
        }

        @Override
        public void cancel() {
            pending.cancel();
            end();
        }

        private void end() {
            asking.release();
            places.release();
        }
    }

    /**
     * Asks when it is its turn, and gives the place back.
     *
     * @throws TideScopeException OVERLOADED when its turn does not come before the deadline, and
     *     what the node throws
     */
    <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        try {
            if (!asking.tryAcquire(query.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TideScopeException(
                        ErrorCode.OVERLOADED,
                        "Too many questions wait for a node of the store; ask again shortly.");
            }
            try {
                return client.ask(query, bounds);
            } finally {
                asking.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, "Nobody waits for the answer any more.", e);
        } finally {
            places.release();
        }
    }
}
