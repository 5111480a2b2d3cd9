package io.tidescope.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.StoreClient.Answers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How much the index holds, as it is written; totals over the partitions that answered. What is
 * null is only told to who may see everything.
 *
 * @param state {@code serving}, or {@code degraded} when partitions are missing
 * @param partitions all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusAnswer(
        String state,
        long documents,
        @Nullable Long documentsWithProblems,
        @Nullable Long lines,
        @Nullable Long sourceBytes,
        @Nullable Long treeBytes,
        @Nullable Long definitions,
        @Nullable Long occurrences,
        int partitionCount,
        List<PartitionItem> partitions,
        boolean complete,
        List<MissingPartition> missing,
        List<StalePartition> stale)
        implements PartialAnswer {
    /**
     * @param position offset of the last record applied; -1 for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PartitionItem(
            int partition, long documents, @Nullable Long definitions, @Nullable Long position) {}

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

    /** For who may see some repositories: how many documents are in those. */
    static StatusAnswer ofSome(Answers<Long> documents) {
        List<PartitionItem> partitions =
                documents.byPartition().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(
                                entry ->
                                        new PartitionItem(
                                                entry.getKey(), entry.getValue(), null, null))
                        .toList();
        return new StatusAnswer(
                documents.complete() ? "serving" : "degraded",
                documents.byPartition().values().stream().mapToLong(Long::longValue).sum(),
                null,
                null,
                null,
                null,
                null,
                null,
                documents.byPartition().size() + documents.missing().size(),
                partitions,
                documents.complete(),
                MissingPartition.listOf(documents.missing()),
                StalePartition.listOf(documents.standings()));
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
