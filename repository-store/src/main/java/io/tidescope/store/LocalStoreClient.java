package io.tidescope.store;

import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A store that is all on one node. */
final class LocalStoreClient implements StoreClient {
    private final LocalNode node;
    private final int partitions;
    private final ReadBound bound;

    LocalStoreClient(LocalNode node, int partitions) {
        this(node, partitions, ReadBound.AVAILABLE);
    }

    private LocalStoreClient(LocalNode node, int partitions, ReadBound bound) {
        this.node = node;
        this.partitions = partitions;
        this.bound = bound;
    }

    @Override
    public StoreClient within(ReadBound other) {
        return new LocalStoreClient(node, partitions, other);
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> asked) {
        Map<Integer, PartitionBound> bounds = new HashMap<>();
        boolean activeOnly = bound.consistency() == Consistency.STRONG;
        for (int partition : asked) {
            bounds.put(partition, new PartitionBound(activeOnly, bound.position(partition), -1));
        }
        Map<Integer, R> answers = new HashMap<>();
        Map<Integer, String> missing = new TreeMap<>();
        Map<Integer, Standing> standings = new HashMap<>();
        node.ask(query, bounds)
                .forEach(
                        (partition, reply) -> {
                            switch (reply) {
                                case PartitionReply.Answered<R>(R answer, Standing standing) -> {
                                    answers.put(partition, answer);
                                    standings.put(partition, standing);
                                }
                                case PartitionReply.Refused<R> refused ->
                                        missing.put(partition, refused.reason());
                                case PartitionReply.Unchanged<R> unchanged ->
                                        throw new IllegalStateException("nothing was known before");
                            }
                        });
        return new Answers<>(answers, missing, standings);
    }
}
