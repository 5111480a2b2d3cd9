package io.tidescope.query.admin;

import io.tidescope.query.api.PartialAnswer;
import io.tidescope.query.cache.CacheLevel;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.store.query.NodeInspection;

import java.util.List;
import java.util.stream.Stream;

/**
 * What caches hold and are good for, as it is written.
 *
 * @param items this process's, the nearest level first, then those of each node
 * @param silent nodes that told nothing
 */
record CacheStats(List<CacheItem> items, boolean complete, List<SilentNode> silent)
        implements PartialAnswer {
    static CacheStats of(List<CacheLevel> here, List<NodeReport> reports) {
        List<SilentNode> silent = SilentNode.listOf(reports);
        return new CacheStats(
                Stream.concat(
                                here.stream().map(CacheItem::here),
                                reports.stream().flatMap(CacheStats::ofNode))
                        .toList(),
                silent.isEmpty(),
                silent);
    }

    private static Stream<CacheItem> ofNode(NodeReport report) {
        NodeInspection inspection = report.inspection();
        return inspection == null
                ? Stream.empty()
                : inspection.caches().stream().map(use -> CacheItem.of(inspection.nodeId(), use));
    }
}
