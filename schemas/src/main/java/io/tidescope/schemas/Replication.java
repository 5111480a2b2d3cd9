package io.tidescope.schemas;

/**
 * How the topics of a deployment are replicated.
 *
 * @param replicas copies of each partition; -1 to leave that to the brokers
 * @param minInsync copies that must have a record before it counts as written; -1 to leave that to
 *     the brokers
 */
public record Replication(int replicas, int minInsync) {
    public static final int MAX_REPLICAS = 16;

    private static final int BROKERS = -1;

    /** As the brokers' own settings say. */
    public static final Replication BROKERS_DEFAULT = new Replication(BROKERS, BROKERS);

    public Replication {
        require("replicas", replicas, MAX_REPLICAS);
        require("minInsync", minInsync, replicas == BROKERS ? MAX_REPLICAS : replicas);
    }

    boolean hasReplicas() {
        return replicas != BROKERS;
    }

    boolean hasMinInsync() {
        return minInsync != BROKERS;
    }

    private static void require(String name, int value, int max) {
        if (value != BROKERS && (value < 1 || value > max)) {
            throw TideScopeException.invalid(
                    name, "%s must be 1 to %d, not %d".formatted(name, max, value));
        }
    }
}
