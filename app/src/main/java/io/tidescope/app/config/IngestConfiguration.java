package io.tidescope.app.config;

import io.tidescope.ingest.IngestSettings;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/**
 * How an ingest node runs.
 *
 * @param createTopics whether topics that are missing are created
 * @param admin where health and metrics are served
 * @param listen where pokes and webhooks come in
 * @param http who may make requests, webhooks aside
 * @param webhookSecret null to have no webhooks
 * @param region null to publish always
 */
public record IngestConfiguration(
        ClusterConfiguration cluster,
        boolean createTopics,
        URI registry,
        Address admin,
        Address listen,
        HttpAccess http,
        List<RepositoryEntry> repositories,
        IngestSettings settings,
        @Nullable Secret webhookSecret,
        @Nullable RegionConfiguration region) {
    public IngestConfiguration {
        repositories = List.copyOf(repositories);
    }
}
