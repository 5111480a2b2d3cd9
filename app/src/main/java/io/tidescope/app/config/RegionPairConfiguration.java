package io.tidescope.app.config;

import io.tidescope.recovery.region.RegionCluster;

/**
 * Two regions, as they are reached from one of them.
 *
 * @param region which this is
 * @param own its cluster
 * @param peer that of the other one
 */
public record RegionPairConfiguration(
        RegionConfiguration region, RegionCluster own, RegionCluster peer) {}
