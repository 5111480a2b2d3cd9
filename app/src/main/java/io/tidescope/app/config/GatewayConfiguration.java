package io.tidescope.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a gateway runs.
 *
 * @param admin where health and metrics are served
 * @param listen where the API is served
 * @param stores store nodes to find the others by
 * @param timeout how long an answer may take
 */
public record GatewayConfiguration(
        ClusterConfiguration cluster,
        URI registry,
        Address admin,
        Address listen,
        List<Address> stores,
        Duration timeout) {
    public GatewayConfiguration {
        stores = List.copyOf(stores);
    }
}
