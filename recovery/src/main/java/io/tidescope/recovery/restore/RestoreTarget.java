package io.tidescope.recovery.restore;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.SchemaRegistry;

/**
 * Where a backup is restored to: a deployment that there is nothing of yet, in the same cluster as
 * another one or in its own.
 *
 * @param kafka the cluster, and what everything is called in it
 * @param topics of the deployment; as many partitions as the backup's
 * @param registry that its values name their schemas of
 */
public record RestoreTarget(KafkaConnection kafka, Topics topics, SchemaRegistry registry) {}
