package io.tidescope.bench;

import com.sun.management.OperatingSystemMXBean;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.store.remote.ClientLimits;
import io.tidescope.store.remote.RemoteNode;
import io.tidescope.store.remote.ServerLimits;
import io.tidescope.store.remote.StoreServer;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.SymbolKind;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What asking a node over loopback costs in itself: exact symbol queries to four partitions, each
 * of which knows its answer. Both sides run in this process, so its CPU time is that of both; the
 * rounds before the last ones warm it up. {@code -Dbench.askers=} takes other numbers of askers at
 * a time.
 */
class NodeRoundTripBench {
    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 6;
    private static final int QUESTIONS = 60_000;

    private final Report report = new Report("round trips to a node");

    @Test
    void askingCostsLittleCpu() throws InterruptedException {
        try (StoreServer server =
                StoreServer.bind(
                        new InetSocketAddress("127.0.0.1", 0), null, ServerLimits.DEFAULT)) {
            server.serve("bench", new Known());
            NodeAddress address = new NodeAddress("127.0.0.1", server.port());
            try (RemoteNode node = new RemoteNode(address, "bench", null, ClientLimits.DEFAULT)) {
                for (String askers : System.getProperty("bench.askers", "1,4,16").split(",")) {
                    for (int round = 0; round < ROUNDS; round++) {
                        measure(node, Integer.parseInt(askers));
                    }
                }
            }
        }
    }

    private void measure(RemoteNode node, int askers) throws InterruptedException {
        int questions = QUESTIONS / askers;
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        CountDownLatch done = new CountDownLatch(askers);
        for (int asker = 0; asker < askers; asker++) {
            Thread.startVirtualThread(
                    () -> {
                        for (int question = 0; question < questions; question++) {
                            ask(node);
                        }
                        done.countDown();
                    });
        }
        done.await();
        double all = (double) askers * questions;
        report.line(
                "%2d askers: %,.0f questions a second, %.1f us of CPU each",
                askers,
                all / (System.nanoTime() - start) * 1e9,
                (process.getProcessCpuTime() - cpu) / all / 1e3);
    }

    private static void ask(RemoteNode node) {
        String name = "Type" + ThreadLocalRandom.current().nextInt(1000);
        FindSymbols query =
                new FindSymbols(
                        new NameMatch.Exact(name),
                        Set.of(),
                        Scope.EVERYWHERE,
                        null,
                        100,
                        Deadline.in(Duration.ofSeconds(10)));
        Map<Integer, PartitionBound> bounds = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            bounds.put(partition, PartitionBound.ANY);
        }
        if (node.ask(query, bounds).size() != PARTITIONS) {
            throw new IllegalStateException("not all answered");
        }
    }

    /** Answers at once: every other partition has one definition of the name. */
    private static final class Known implements NodeClient {
        @Override
        public NodeStatus status(Deadline deadline) {
            return new NodeStatus("known", "once", PARTITIONS, List.of(), List.of());
        }

        @Override
        public NodeInspection inspect(Deadline deadline) {
            return new NodeInspection("known", null, List.of(), 0, 0, List.of());
        }

        @Override
        @SuppressWarnings("unchecked") // it is only ever asked for symbols
        public <R> Map<Integer, PartitionReply<R>> ask(
                StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
            String name = ((NameMatch.Exact) ((FindSymbols) query).match()).name();
            Map<Integer, PartitionReply<R>> replies = new HashMap<>();
            bounds.forEach(
                    (partition, bound) -> {
                        List<SymbolHit> hits = partition % 2 == 0 ? List.of() : List.of(hit(name));
                        replies.put(
                                partition,
                                new PartitionReply.Answered<>(
                                        (R) hits, new Standing(123_456, true, 0)));
                    });
            return replies;
        }

        private static SymbolHit hit(String name) {
            return new SymbolHit(
                    new SymbolRank(
                            0,
                            name,
                            "acme/tide",
                            "refs/heads/main",
                            "src/main/java/com/acme/tide/" + name + ".java",
                            1234),
                    new Definition(name, SymbolKind.CLASS, "com.acme.tide", "", 1234, 1200, 5678),
                    40,
                    14,
                    160);
        }
    }
}
