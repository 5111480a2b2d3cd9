package io.tidescope.app.config;

/**
 * How the schema registry of a cluster without another one runs.
 *
 * @param admin where health and metrics are served
 * @param listen where its protocol is served
 */
public record RegistryConfiguration(ClusterConfiguration cluster, Address admin, Address listen) {}
