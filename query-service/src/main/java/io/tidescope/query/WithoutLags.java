package io.tidescope.query;

import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A store for who may see some of its repositories: how many records a standby lacks, or how far a
 * restore is, would tell them how much is written to the others.
 */
record WithoutLags(StoreClient store) implements StoreClient {
    private static final long UNKNOWN = -1;
    private static final String MISSING = "no node answers for it now";

    @Override
    public int partitions() {
        return store.partitions();
    }

    @Override
    public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
        Answers<R> answers = store.ask(query, partitions);
        return new Answers<>(
                answers.byPartition(),
                answers.missing().keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> MISSING)),
                answers.standings().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> hidden(entry.getValue()))));
    }

    @Override
    public StoreClient within(ReadBound bound) {
        return new WithoutLags(store.within(bound));
    }

    private static Standing hidden(Standing standing) {
        return new Standing(standing.position(), standing.active(), UNKNOWN);
    }
}
