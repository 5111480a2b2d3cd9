package io.tidescope.query.routing;

import io.tidescope.store.query.NodeStatus;

/**
 * A node of the store as it was heard of last. Times are of the watch that looks at it, see {@link
 * AwakeClock}.
 *
 * @param address {@code host:port} where it is asked
 * @param status what it said of itself
 * @param asOf when it was asked for that: what it says was so then or later
 * @param heard when it said so
 * @param failing whether it did not answer since
 */
public record Member(String address, NodeStatus status, long asOf, long heard, boolean failing) {
    /** How much a node's word is worth at some moment. */
    enum Hearing {
        /** It was heard of a moment ago. */
        LIVE,
        /** It may be there yet. */
        QUIET,
        /** Asking it is a waste of time. */
        GONE
    }

    /** Every question asks it several times for each partition, so it makes no objects. */
    Hearing hearing(long now, RoutingSettings settings) {
        long silence = silence(now);
        if (silence > settings.gone().toNanos()) {
            return Hearing.GONE;
        }
        return failing || silence > settings.patience().toNanos() ? Hearing.QUIET : Hearing.LIVE;
    }

    boolean isLive(long now, RoutingSettings settings) {
        return hearing(now, settings) == Hearing.LIVE;
    }

    /** How long it has not been heard of, in nanoseconds. */
    long silence(long now) {
        return Math.max(0, now - heard);
    }

    /** For people. */
    String name() {
        return "node %s at %s".formatted(status.nodeId(), address);
    }
}
