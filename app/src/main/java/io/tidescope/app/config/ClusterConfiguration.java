package io.tidescope.app.config;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Topics;

import java.time.Duration;

/**
 * The Kafka cluster that a role works on, and what it must be like there.
 *
 * @param patience how long a role waits at its start for what is not there yet
 */
public record ClusterConfiguration(KafkaConnection kafka, Topics topics, Duration patience) {
    /** A deployment beside this one, in the same cluster. */
    public ClusterConfiguration withPrefix(String prefix) {
        Namespace names = new Namespace(prefix, kafka.names().index());
        return new ClusterConfiguration(
                new KafkaConnection(kafka.bootstrapServers(), kafka.properties(), names),
                new Topics(names, topics.partitions(), topics.replication(), topics.history()),
                patience);
    }
}
