package io.tidescope.query.admin;

import io.tidescope.query.api.MissingPartition;
import io.tidescope.query.api.PartialAnswer;
import io.tidescope.query.api.StalePartition;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.PartitionInspection.Family;
import io.tidescope.store.query.StoreClient.Answers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How large the index is and where its partitions are, as it is written. */
record StatsAnswer(
        List<PartitionItem> partitions,
        List<FamilySize> families,
        List<NodeItem> nodes,
        boolean complete,
        List<MissingPartition> missing,
        List<StalePartition> stale)
        implements PartialAnswer {
    /** A column family, of all partitions that answered. */
    record FamilySize(String name, long keys, long tableBytes, long blobBytes) {
        FamilySize plus(Family family) {
            return new FamilySize(
                    name,
                    keys + family.keys(),
                    tableBytes + family.tableBytes(),
                    blobBytes + family.blobBytes());
        }
    }

    static StatsAnswer of(Answers<PartitionInspection> answers, List<NodeStatus> nodes) {
        List<PartitionItem> partitions = new ArrayList<>();
        Map<String, FamilySize> families = new LinkedHashMap<>();
        new TreeMap<>(answers.byPartition())
                .forEach(
                        (partition, inspected) -> {
                            partitions.add(
                                    PartitionItem.of(
                                            partition,
                                            inspected,
                                            answers.standings().get(partition)));
                            for (Family family : inspected.families()) {
                                FamilySize before =
                                        families.getOrDefault(
                                                family.name(),
                                                new FamilySize(family.name(), 0, 0, 0));
                                families.put(family.name(), before.plus(family));
                            }
                        });
        return new StatsAnswer(
                partitions,
                List.copyOf(families.values()),
                nodes.stream()
                        .map(NodeItem::of)
                        .sorted(Comparator.comparing(NodeItem::node))
                        .toList(),
                answers.complete(),
                MissingPartition.listOf(answers.missing()),
                StalePartition.listOf(answers.standings()));
    }
}
