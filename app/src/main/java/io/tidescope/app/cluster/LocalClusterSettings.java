package io.tidescope.app.cluster;

import io.tidescope.app.config.Role;
import io.tidescope.app.config.TracingConfiguration;
import io.tidescope.ingest.TrackedRepository;

import java.util.List;
import java.util.function.Function;

/**
 * What a cluster on this machine consists of.
 *
 * @param repositories repositories to follow
 * @param port port of the first gateway, the others get the following ones; 0 for any that are free
 * @param partitions partitions of a new index
 * @param tracing where traces go
 * @param brokerJava command line that runs TideScope's main class, for brokers
 * @param roleJava the same for a role
 */
public record LocalClusterSettings(
        List<TrackedRepository> repositories,
        int brokers,
        int stores,
        int parsers,
        int gateways,
        int port,
        int partitions,
        TracingConfiguration tracing,
        List<String> brokerJava,
        Function<Role, List<String>> roleJava) {
    public LocalClusterSettings {
        repositories = List.copyOf(repositories);
        brokerJava = List.copyOf(brokerJava);
    }
}
