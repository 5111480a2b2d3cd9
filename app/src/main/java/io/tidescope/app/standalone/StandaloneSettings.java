package io.tidescope.app.standalone;

import io.tidescope.app.config.HttpAccess;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.schemas.Topics;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/**
 * What a standalone TideScope is to do.
 *
 * @param repositories repositories to follow
 * @param host address that the HTTP API listens on
 * @param port port that it listens on; 0 for any that is free
 * @param http who may make requests, webhooks aside
 * @param webhookSecret what code hosts sign with; null to have no webhooks
 * @param topics topics of the deployment
 * @param cluster an existing cluster to work on; null for an embedded one
 * @param brokerJava command line that runs TideScope's main class, for the embedded broker
 */
public record StandaloneSettings(
        List<TrackedRepository> repositories,
        String host,
        int port,
        HttpAccess http,
        @Nullable String webhookSecret,
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
