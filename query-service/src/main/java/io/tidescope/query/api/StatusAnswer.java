package io.tidescope.query.api;

import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.StoreClient.Answers;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How much the index holds, as it is written; totals over the partitions that answered.
 *
 * @param state {@code serving}, or {@code degraded} when partitions are missing
 * @param partitions all of them
 */
record StatusAnswer(
        String state,
        long documents,
        long documentsWithProblems,
        long lines,
        long sourceBytes,
        long treeBytes,
        long definitions,
        long occurrences,
        int partitionCount,
        List<PartitionItem> partitions,
        boolean complete,
        List<MissingPartition> missing,
        List<StalePartition> stale)
        implements PartialAnswer {
    /**
     * @param position offset of the last record applied; -1 for none
     */
    record PartitionItem(int partition, long documents, long definitions, long position) {}

    static StatusAnswer of(Answers<PartitionStatistics> answers) {
        List<PartitionItem> partitions =
                answers.byPartition().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> item(entry.getKey(), entry.getValue()))
                        .toList();
        return new StatusAnswer(
                answers.complete() ? "serving" : "degraded",
                total(answers, PartitionStatistics::documents),
                total(answers, PartitionStatistics::documentsWithProblems),
                total(answers, PartitionStatistics::lines),
                total(answers, PartitionStatistics::sourceBytes),
                total(answers, PartitionStatistics::treeBytes),
                total(answers, PartitionStatistics::definitions),
                total(answers, PartitionStatistics::occurrences),
                answers.byPartition().size() + answers.missing().size(),
                partitions,
                answers.complete(),
                MissingPartition.listOf(answers.missing()),
                StalePartition.listOf(answers.standings()));
    }

    private static PartitionItem item(int partition, PartitionStatistics statistics) {
        return new PartitionItem(
                partition, statistics.documents(), statistics.definitions(), statistics.position());
    }

    private static long total(
            Answers<PartitionStatistics> answers, ToLongFunction<PartitionStatistics> count) {
        return answers.byPartition().values().stream().mapToLong(count).sum();
    }
}
