package io.tidescope.store.remote;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A node that answers what a test says, for every partition, and counts how often it was asked. */
final class FakeNode implements NodeClient {
    static final NodeStatus STATUS =
            new NodeStatus(
                    "store-7",
                    "incarnation",
                    3,
                    List.of(
                            new NodeStatus.Held(
                                    1, NodeStatus.State.STANDBY, new Standing(41, false, 2))),
                    List.of("127.0.0.1:1"));

    static final NodeInspection INSPECTION =
            new NodeInspection(
                    "store-7",
                    new NodeInspection.Freshness(5, 0.25, 1.5, 2),
                    List.of(new NodeInspection.CacheUse("blocks", 10, 100, 7, 3)),
                    4,
                    50,
                    List.of(
                            new NodeInspection.PartitionProgress(
                                    1,
                                    NodeStatus.State.RESTORING,
                                    new Standing(41, false, 2),
                                    -1,
                                    90,
                                    1_500)));

    final AtomicInteger asked = new AtomicInteger();
    private final Function<StoreQuery<?>, Object> answer;

    FakeNode(Function<StoreQuery<?>, Object> answer) {
        this.answer = answer;
    }

    @Override
    public NodeStatus status(Deadline deadline) {
        return STATUS;
    }

    @Override
    public NodeInspection inspect(Deadline deadline) {
        return INSPECTION;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        asked.incrementAndGet();
        Map<Integer, PartitionReply<R>> replies = new HashMap<>();
        for (int partition : bounds.keySet()) {
            R said = (R) answer.apply(query);
            replies.put(
                    partition,
                    new PartitionReply.Answered<>(said, new Standing(partition, true, 0)));
        }
        return replies;
    }
}
