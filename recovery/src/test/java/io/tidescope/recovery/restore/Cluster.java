package io.tidescope.recovery.restore;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.SchemaRegistry;

import java.net.URI;
import java.time.Duration;

/**
 * Where deployments of a test are.
 *
 * @param registryUri where other processes find the registry
 */
record Cluster(KafkaConnection kafka, SchemaRegistry registry, URI registryUri) {
    TestDeployment deployment(String prefix) {
        return deployment(prefix, Topics.DEFAULT_HISTORY);
    }

    /**
     * @param history after which versions of documents may be compacted away
     */
    TestDeployment deployment(String prefix, Duration history) {
        return new TestDeployment(kafka, prefix, registry, history);
    }
}
