package io.tidescope.app.config;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;

/** The Kafka cluster that a role works on, and what it must be like there. */
public record ClusterConfiguration(KafkaConnection kafka, Topics topics) {}
