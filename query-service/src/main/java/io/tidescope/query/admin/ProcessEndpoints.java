package io.tidescope.query.admin;

import io.tidescope.query.admin.LagSource.ConsumerPartition;
import io.tidescope.query.api.Endpoint;

import java.util.List;

/** How the processes do that this one watches. */
final class ProcessEndpoints {
    private final LagSource lag;

    ProcessEndpoints(LagSource lag) {
        this.lag = lag;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminQuery(
                        "lag", List.of(), arguments -> new Items<ConsumerPartition>(lag.lag())));
    }
}
