package io.tidescope.query.routing;

import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;

import org.jspecify.annotations.Nullable;

/**
 * What a node of the store told of itself just now, or why it did not.
 *
 * @param address {@code host:port}
 * @param status as it was last heard of; null when it never was
 * @param live whether it was heard of a moment ago
 * @param inspection null when it told nothing
 * @param trouble why it told nothing; null when it did
 */
public record NodeReport(
        String address,
        @Nullable NodeStatus status,
        boolean live,
        @Nullable NodeInspection inspection,
        @Nullable String trouble) {}
