package io.tidescope.store.query;

import java.util.Map;
import java.util.Set;

/** Asks partitions of the store, wherever they are. Safe for concurrent use. */
public interface StoreClient {
    /** Partitions the store has. */
    int partitions();

    /**
     * Asks the partitions named, under the query's deadline.
     *
     * @throws io.tidescope.schemas.TideScopeException when a partition that is here failed to
     *     answer
     */
    <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions);

    /** The same store, whose answers keep within a bound from now on. */
    default StoreClient within(ReadBound bound) {
        return this;
    }

    /**
     * What came back; every partition asked is in one of the first two.
     *
     * @param byPartition answers by partition
     * @param missing partitions that could not be asked, and why
     * @param standings where the partitions that answered stand, as far as that is known
     */
    record Answers<R>(
            Map<Integer, R> byPartition,
            Map<Integer, String> missing,
            Map<Integer, Standing> standings) {
        public Answers(Map<Integer, R> byPartition, Map<Integer, String> missing) {
            this(byPartition, missing, Map.of());
        }

        public boolean complete() {
            return missing.isEmpty();
        }
    }
}
