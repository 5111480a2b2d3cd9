package io.tidescope.recovery.region;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;

import java.net.URI;

/**
 * The deployment of a region, as another one reaches it.
 *
 * @param name of the region
 * @param kafka its cluster; topics are called the same in both regions
 * @param topics of the deployment
 * @param registry that its values name their schemas of
 */
public record RegionCluster(String name, KafkaConnection kafka, Topics topics, URI registry) {
    public RegionCluster {
        RegionEpoch.requireName(name);
    }
}
