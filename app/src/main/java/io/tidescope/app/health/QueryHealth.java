package io.tidescope.app.health;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether every partition answers a question. */
public final class QueryHealth implements HealthCheck {
    private static final Duration LIMIT = Duration.ofMillis(2_500);

    /** Hardly defined anywhere; what is tried is that all looked. */
    private static final String NAME = "TideScopeHealthProbe";

    private final StoreClient store;

    public QueryHealth(StoreClient store) {
        this.store = store;
    }

    @Override
    public List<String> problems() {
        Set<Integer> partitions =
                IntStream.range(0, store.partitions()).boxed().collect(Collectors.toSet());
        return store
                .ask(
                        new FindSymbols(
                                new NameMatch.Exact(NAME),
                                Set.of(),
                                Scope.EVERYWHERE,
                                null,
                                1,
                                Deadline.in(LIMIT)),
                        partitions)
                .missing()
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(missing -> "partition %d: %s".formatted(missing.getKey(), missing.getValue()))
                .toList();
    }
}
