package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.PartitionReply;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is done to the replicas of the store, as it is written.
 *
 * @param missing replicas that did not say
 */
record MaintenanceAnswer(List<MaintenanceItem> items, List<SilentReplica> missing) {
    /**
     * A replica that did not say, and why.
     *
     * @param partition left out when none of the node's did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SilentReplica(String node, @Nullable Integer partition, String reason) {}

    static MaintenanceAnswer of(List<NodeReplies<Maintenance>> nodes) {
        List<MaintenanceItem> items = new ArrayList<>();
        List<SilentReplica> missing = new ArrayList<>();
        for (NodeReplies<Maintenance> node : nodes) {
            if (node.failure() != null) {
                missing.add(new SilentReplica(node.node(), null, node.failure()));
            }
            node.replies()
                    .forEach(
                            (partition, reply) -> {
                                switch (reply) {
                                    case PartitionReply.Answered<Maintenance> answered ->
                                            items.add(
                                                    MaintenanceItem.of(
                                                            node.node(),
                                                            partition,
                                                            answered.answer()));
                                    case PartitionReply.Refused<Maintenance> refused ->
                                            missing.add(
                                                    new SilentReplica(
                                                            node.node(),
                                                            partition,
                                                            refused.reason()));
                                    case PartitionReply.Unchanged<Maintenance> unchanged ->
                                            throw new IllegalStateException(
                                                    "nothing was known before");
                                }
                            });
        }
        items.sort(
                Comparator.comparing(MaintenanceItem::node)
                        .thenComparing(MaintenanceItem::partition));
        missing.sort(
                Comparator.comparing(SilentReplica::node)
                        .thenComparing(
                                SilentReplica::partition,
                                Comparator.nullsFirst(Comparator.naturalOrder())));
        return new MaintenanceAnswer(items, missing);
    }
}
