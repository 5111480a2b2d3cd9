package io.tidescope.query.admin;

import io.tidescope.query.routing.NodeReport;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * A node of the store that told nothing of itself, as it is written.
 *
 * @param node its name in the cluster; null when it never answered
 * @param address {@code host:port}
 * @param reason in one line, for people
 */
record SilentNode(@Nullable String node, String address, String reason) {
    static List<SilentNode> listOf(List<NodeReport> reports) {
        return reports.stream()
                .filter(report -> report.inspection() == null)
                .map(
                        report ->
                                new SilentNode(
                                        report.status() == null ? null : report.status().nodeId(),
                                        report.address(),
                                        Objects.requireNonNullElse(report.trouble(), "")))
                .toList();
    }
}
