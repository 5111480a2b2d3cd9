package io.tidescope.query.routing;

import io.tidescope.schemas.TideScopeException;

import java.time.Duration;

/**
 * How the nodes of the store are watched and asked.
 *
 * @param heartbeat between two looks at a node
 * @param patience a node that has not been heard of for longer is asked after all others, and what
 *     it is being asked already, another is asked too; longer than the heartbeat
 * @param gone a node that has not been heard of for longer is not asked any more; longer than the
 *     patience
 * @param forgotten a node that has not been heard of for longer, and is no seed, is not looked for
 *     any more until another names it again
 * @param hedgeAfter how long a node may take before another that can answer is asked too
 * @param moving how long a query waits for a partition that was answered for a moment ago and is on
 *     its way to another node
 * @param maxAsks questions that a node is asked at the same time
 * @param maxWaiting questions that may wait to be asked of a node
 */
public record RoutingSettings(
        Duration heartbeat,
        Duration patience,
        Duration gone,
        Duration forgotten,
        Duration hedgeAfter,
        Duration moving,
        int maxAsks,
        int maxWaiting) {
    /**
     * A node that is killed refuses its connections, and one that is stopped is hedged; the
     * patience is for what is between, and longer than the pauses of a busy machine. A partition
     * that goes back to a node that was started again has no active node for about a second, and
     * only who insists on that one waits. So many may wait that a busy machine's pause of a tenth
     * of a second refuses nobody, and that one node's silence leaves the gateway places for others.
     */
    public static final RoutingSettings DEFAULT =
            new RoutingSettings(
                    Duration.ofMillis(250),
                    Duration.ofMillis(800),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(10),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(2),
                    32,
                    736);

    public RoutingSettings {
        requireLonger("heartbeat", heartbeat, Duration.ZERO);
        requireLonger("patience", patience, heartbeat);
        requireLonger("gone", gone, patience);
        requireLonger("forgotten", forgotten, gone);
        requireLonger("hedgeAfter", hedgeAfter, Duration.ZERO);
        requireLonger("moving", moving, Duration.ZERO);
        requirePositive("maxAsks", maxAsks);
        requirePositive("maxWaiting", maxWaiting);
    }

    private static void requireLonger(String name, Duration value, Duration least) {
        if (value.compareTo(least) <= 0) {
            throw TideScopeException.invalid(
                    name,
                    "%s must be longer than %d ms, not %d ms."
                            .formatted(name, least.toMillis(), value.toMillis()));
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw TideScopeException.invalid(name, name + " must be at least 1, not " + value);
        }
    }
}
