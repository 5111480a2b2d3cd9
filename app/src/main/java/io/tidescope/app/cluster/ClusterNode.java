package io.tidescope.app.cluster;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.Role;

import org.jspecify.annotations.Nullable;

/**
 * One process of a cluster.
 *
 * @param name such as {@code store-2}; its node id, where its role has such
 * @param service where it does its work; null for a parser, which is asked nothing
 * @param admin where it serves health and metrics
 */
public record ClusterNode(Role role, String name, @Nullable Address service, Address admin) {}
