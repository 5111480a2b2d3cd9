package io.tidescope.query.admin;

import io.tidescope.query.api.Endpoint;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.store.query.Deadline;

import java.time.Duration;
import java.util.List;

/** How the nodes of the store do inside, and what they and this process keep in memory. */
final class NodeEndpoints {
    /** A node answers from memory; one that needs longer is as good as silent. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final NodeSource nodes;
    private final AnswerCache cache;

    NodeEndpoints(NodeSource nodes, AnswerCache cache) {
        this.nodes = nodes;
        this.cache = cache;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminQuery(
                        "cache-stats",
                        List.of(),
                        arguments -> CacheStats.of(cache.levels(), reports())),
                Endpoint.ofAdminQuery(
                        "nodes", List.of(), arguments -> InspectedNodes.of(reports())));
    }

    private List<NodeReport> reports() {
        return nodes.inspect(Deadline.in(PATIENCE));
    }
}
