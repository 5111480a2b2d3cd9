package io.tidescope.store;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.NodeAddress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * How the nodes of a store share its partitions. All nodes of a store have the same settings but
 * for their racks and addresses.
 *
 * @param sessionTimeout after which a node that vanished loses its partitions, and is no longer
 *     active by its own account before that (see {@link Lease}). Brokers have bounds of their own:
 *     {@code group.min.session.timeout.ms} is 6 s unless it is lowered
 * @param commitInterval how often the group's progress is committed. Standbys follow only as far as
 *     it is, which they look up as often, so an idle one is at most about two intervals behind
 * @param standbyReplicas nodes that follow each partition beside the active one, if there are as
 *     many
 * @param rack where the node stands, such as a zone: standbys are put where the active one is not.
 *     Null when no node says where it is
 * @param address where others ask this node; null when it is alone
 */
public record GroupSettings(
        Duration sessionTimeout,
        Duration commitInterval,
        int standbyReplicas,
        @Nullable String rack,
        @Nullable NodeAddress address) {
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(500);
    public static final int DEFAULT_STANDBY_REPLICAS = 1;
    public static final int MAX_STANDBY_REPLICAS = 8;

    /** What Kafka Streams allows for the value of a tag. */
    private static final String RACK = "[A-Za-z0-9._-]{1,30}";

    /** A node that is all of a store. */
    public static final GroupSettings ALONE =
            new GroupSettings(DEFAULT_SESSION_TIMEOUT, DEFAULT_COMMIT_INTERVAL, 0, null, null);

    public GroupSettings {
        requirePositive("sessionTimeout", sessionTimeout);
        requirePositive("commitInterval", commitInterval);
        if (standbyReplicas < 0 || standbyReplicas > MAX_STANDBY_REPLICAS) {
            throw TideScopeException.invalid(
                    "standbyReplicas",
                    "standby replicas must be 0 to %d, not %d"
                            .formatted(MAX_STANDBY_REPLICAS, standbyReplicas));
        }
        if (rack != null && !rack.matches(RACK)) {
            throw TideScopeException.invalid(
                    "rack",
                    "rack \"%s\" must be 1 to 30 letters, digits, dots, dashes or underscores"
                            .formatted(rack));
        }
    }

    /** One of many, with the defaults above. */
    public static GroupSettings at(NodeAddress address) {
        return new GroupSettings(
                DEFAULT_SESSION_TIMEOUT,
                DEFAULT_COMMIT_INTERVAL,
                DEFAULT_STANDBY_REPLICAS,
                null,
                address);
    }

    private static void requirePositive(String parameter, Duration duration) {
        if (duration.toMillis() <= 0) {
            throw TideScopeException.invalid(
                    parameter, "%s must be positive, not %s".formatted(parameter, duration));
        }
    }
}
