package io.tidescope.app.standalone;

import io.tidescope.ingest.TrackedRepository;
import io.tidescope.schemas.Topics;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/**
 * What a standalone TideScope is to do.
 *
 * @param repositories repositories to follow
 * @param port of the HTTP API, on loopback; 0 for any that is free
 * @param topics topics of the deployment
 * @param cluster an existing cluster to work on; null for an embedded one
 * @param brokerJava command line that runs TideScope's main class, for the embedded broker
 */
public record StandaloneSettings(
        List<TrackedRepository> repositories,
        int port,
        Topics topics,
        @Nullable Cluster cluster,
        List<String> brokerJava) {
    public StandaloneSettings {
        repositories = List.copyOf(repositories);
        brokerJava = List.copyOf(brokerJava);
    }

    /**
     * A Kafka cluster and a schema registry that run elsewhere.
     *
     * @param registry base URL that speaks Confluent's protocol
     */
    public record Cluster(String bootstrapServers, URI registry) {}
}
