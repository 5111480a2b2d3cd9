package io.tidescope.query.admin;

import io.tidescope.query.api.PartialAnswer;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.store.query.NodeStatus;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How the nodes of the store do inside, as it is written.
 *
 * @param partitionCount partitions the store has; 0 when no node has said
 * @param silent nodes that told nothing; they are among the items as well
 */
record InspectedNodes(
        int partitionCount, List<InspectedNode> items, boolean complete, List<SilentNode> silent)
        implements PartialAnswer {
    static InspectedNodes of(List<NodeReport> reports) {
        List<SilentNode> silent = SilentNode.listOf(reports);
        return new InspectedNodes(
                reports.stream()
                        .map(NodeReport::status)
                        .filter(Objects::nonNull)
                        .mapToInt(NodeStatus::partitions)
                        .max()
                        .orElse(0),
                reports.stream()
                        .map(InspectedNode::of)
                        .sorted(
                                Comparator.comparing(
                                                (InspectedNode node) ->
                                                        Objects.requireNonNullElse(node.node(), ""))
                                        .thenComparing(InspectedNode::address))
                        .toList(),
                silent.isEmpty(),
                silent);
    }
}
