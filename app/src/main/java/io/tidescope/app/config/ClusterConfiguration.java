package io.tidescope.app.config;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;

import java.time.Duration;

/**
 * The Kafka cluster that a role works on, and what it must be like there.
 *
 * @param patience how long a role waits at its start for what is not there yet
 */
public record ClusterConfiguration(KafkaConnection kafka, Topics topics, Duration patience) {}
