package io.tidescope.query.routing;

import io.opentelemetry.context.Context;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.StoreQuery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Asks every node for each partition that it holds, side by side: replicas for themselves. */
final class EveryNode {
    private final NodeWatch watch;

    EveryNode(NodeWatch watch) {
        this.watch = watch;
    }

    /**
     * Waits for all, or until the deadline.
     *
     * @param wanted which partitions
     */
    <R> List<NodeReplies<R>> ask(StoreQuery<R> query, IntPredicate wanted) {
        List<NodeReplies<R>> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Member member : watch.view().members()) {
            Map<Integer, PartitionBound> bounds = new HashMap<>();
            for (Held held : member.status().held()) {
                if (wanted.test(held.partition())) {
                    bounds.put(held.partition(), PartitionBound.ANY);
                }
            }
            if (!bounds.isEmpty()) {
                Runnable asking =
                        () -> {
                            NodeReplies<R> answer = ask(member, query, bounds);
                            synchronized (answers) {
                                answers.add(answer);
                            }
                        };
                threads.add(
                        Thread.ofVirtual().name("store-ask").start(Context.current().wrap(asking)));
            }
        }
        // Each ends at the deadline by itself.
        threads.forEach(EveryNode::join);
        synchronized (answers) {
            return List.copyOf(answers);
        }
    }

    private <R> NodeReplies<R> ask(
            Member member, StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        String node = member.status().nodeId();
        NodeGate gate = watch.gate(member.address());
        if (gate == null || !gate.enter()) {
            return new NodeReplies<>(node, Map.of(), "too many questions wait for it");
        }
        try {
            return new NodeReplies<>(node, gate.ask(query, bounds), null);
        } catch (RuntimeException e) {
            return new NodeReplies<>(node, Map.of(), String.valueOf(e.getMessage()));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
