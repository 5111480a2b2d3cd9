package io.tidescope.query.admin;

import io.tidescope.query.admin.LagSource.ConsumerPartition;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.cache.CacheLevel;

import java.util.List;

/** How this process and those that it watches do. */
final class ProcessEndpoints {
    private final LagSource lag;
    private final AnswerCache cache;

    ProcessEndpoints(LagSource lag, AnswerCache cache) {
        this.lag = lag;
        this.cache = cache;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminQuery(
                        "lag", List.of(), arguments -> new Items<ConsumerPartition>(lag.lag())),
                Endpoint.ofAdminQuery(
                        "cache-stats",
                        List.of(),
                        arguments -> new Items<CacheLevel>(cache.levels())));
    }
}
