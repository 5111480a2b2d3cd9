package io.tidescope.app.cli;

import io.tidescope.app.standalone.StandaloneSettings;

import picocli.CommandLine.Option;

import java.net.URI;

/** A Kafka cluster and a registry that are there already; both or neither. */
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class ClusterOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Use this Kafka cluster instead of an embedded broker.")
    private String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            required = true,
            description = "Use this schema registry (Confluent's protocol).")
    private URI registry;

    StandaloneSettings.Cluster cluster() {
        return new StandaloneSettings.Cluster(bootstrap, registry);
    }
}
