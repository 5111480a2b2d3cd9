package io.tidescope.query.admin;

import io.tidescope.query.cache.CacheLevel;
import io.tidescope.query.request.Choice;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeInspection.Freshness;
import io.tidescope.store.query.NodeStatus;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How a node of the store does inside, as it is written.
 *
 * @param node its name in the cluster; null when it never answered
 * @param address {@code host:port}
 * @param state {@code answers}; {@code outdated} for one that is there, but told only which
 *     partitions it has; {@code silent}
 * @param reason why it does not answer; null when it does
 * @param freshness null when no revision came lately, or it is not known
 * @param writeBufferBytes null when it is not known
 * @param maxWriteBufferBytes null when it is not known
 * @param partitions none when it is silent
 */
record InspectedNode(
        @Nullable String node,
        String address,
        String state,
        @Nullable String reason,
        @Nullable FreshnessItem freshness,
        List<CacheLevel> caches,
        @Nullable Long writeBufferBytes,
        @Nullable Long maxWriteBufferBytes,
        List<HeldItem> partitions) {
    /** How much a node tells. */
    private enum State {
        ANSWERS,
        OUTDATED,
        SILENT
    }

    /** {@link Freshness} as it is written. */
    record FreshnessItem(long count, double p50Seconds, double p99Seconds, double worstSeconds) {
        static @Nullable FreshnessItem of(@Nullable Freshness freshness) {
            return freshness == null
                    ? null
                    : new FreshnessItem(
                            freshness.count(), freshness.p50(), freshness.p99(), freshness.worst());
        }
    }

    static InspectedNode of(NodeReport report) {
        NodeInspection inspection = report.inspection();
        return inspection == null ? untold(report) : told(report, inspection);
    }

    private static InspectedNode told(NodeReport report, NodeInspection inspection) {
        return new InspectedNode(
                inspection.nodeId(),
                report.address(),
                Choice.label(State.ANSWERS),
                null,
                FreshnessItem.of(inspection.freshness()),
                inspection.caches().stream()
                        .map(
                                use ->
                                        new CacheLevel(
                                                use.name(),
                                                use.hits(),
                                                use.misses(),
                                                null,
                                                use.bytes(),
                                                use.maxBytes()))
                        .toList(),
                inspection.writeBufferBytes(),
                inspection.maxWriteBufferBytes(),
                inspection.partitions().stream().map(HeldItem::of).toList());
    }

    private static InspectedNode untold(NodeReport report) {
        NodeStatus status = report.status();
        return new InspectedNode(
                status == null ? null : status.nodeId(),
                report.address(),
                Choice.label(report.live() ? State.OUTDATED : State.SILENT),
                report.trouble(),
                null,
                List.of(),
                null,
                null,
                status == null || !report.live()
                        ? List.of()
                        : status.held().stream().map(HeldItem::of).toList());
    }
}
