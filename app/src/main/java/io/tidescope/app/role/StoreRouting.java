package io.tidescope.app.role;

import io.tidescope.app.config.Address;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a gateway reaches the stores: finds them by some of their addresses, and asks them. */
final class StoreRouting implements AutoCloseable {
    private final List<Address> seeds;
    private final int partitions;

    private StoreRouting(List<Address> seeds, int partitions) {
        this.seeds = seeds;
        this.partitions = partitions;
    }

    /**
     * @param seeds store nodes to find the others by
     * @param partitions partitions of the index
     */
    static StoreRouting to(List<Address> seeds, int partitions) {
        return new StoreRouting(seeds, partitions);
    }

    StoreClient client() {
        return new StoreClient() {
            @Override
            public int partitions() {
                return partitions;
            }

            @Override
            public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> asked) {
                return new Answers<>(
                        Map.of(),
                        asked.stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(),
                                                partition -> "no store node answers")));
            }
        };
    }

    /** Why some partitions cannot be asked; empty when all can. */
    List<String> reasons() {
        return List.of("no store node answers at " + seeds);
    }

    @Override
    public void close() {}
}
