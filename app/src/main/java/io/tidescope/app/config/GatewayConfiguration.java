package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a gateway runs.
 *
 * @param admin where health and metrics are served
 * @param listen where the API is served
 * @param stores store nodes to find the others by
 * @param tls how stores are reached; null for plain connections
 * @param http who may make requests
 * @param timeout how long an answer may take
 * @param cache what is kept of answers
 */
public record GatewayConfiguration(
        ClusterConfiguration cluster,
        URI registry,
        Address admin,
        Address listen,
        List<Address> stores,
        @Nullable NodeTls tls,
        HttpAccess http,
        Duration timeout,
        CacheConfiguration cache) {
    public GatewayConfiguration {
        stores = List.copyOf(stores);
    }
}
