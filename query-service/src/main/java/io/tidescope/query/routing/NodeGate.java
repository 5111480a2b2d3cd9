package io.tidescope.query.routing;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.StoreQuery;

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
