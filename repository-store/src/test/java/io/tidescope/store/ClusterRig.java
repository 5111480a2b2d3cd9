package io.tidescope.store;

import static io.tidescope.store.StoreNodeRig.PARTITIONS;
import static io.tidescope.store.StoreNodeRig.await;
import static io.tidescope.store.StoreNodeRig.soon;

import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.remote.ClientLimits;
import io.tidescope.store.remote.RemoteNode;
import io.tidescope.store.remote.ServerLimits;
import io.tidescope.store.remote.StoreServer;
import io.tidescope.testing.ScratchDirectory;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several store nodes in one process, each with a directory and an address, asked over TCP. */
final class ClusterRig implements AutoCloseable {
    /** After so long nothing is on its way any more. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final StoreNodeRig rig;
    private final ScratchDirectory directories = ScratchDirectory.create("tidescope-cluster");
    private final List<Member> members = new ArrayList<>();

    ClusterRig() throws Exception {
        rig = new StoreNodeRig();
    }

    StoreNodeRig rig() {
        return rig;
    }

    /** A node and how others ask it. */
    final class Member implements AutoCloseable {
        final StoreNode node;
        final RemoteNode remote;
        private final StoreServer server;

        private Member(String id, Path directory, Duration sessionTimeout) {
            server =
                    StoreServer.bind(
                            new InetSocketAddress("127.0.0.1", 0), null, ServerLimits.DEFAULT);
            NodeAddress address = new NodeAddress("127.0.0.1", server.port());
            node =
                    rig.node(
                            id,
                            directory,
                            new GroupSettings(
                                    sessionTimeout,
                                    GroupSettings.DEFAULT_COMMIT_INTERVAL,
                                    1,
                                    null,
                                    address));
            try {
                node.start();
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
            server.serve(node.cluster(), node.nodeClient());
            remote = new RemoteNode(address, node.cluster(), null, ClientLimits.DEFAULT);
        }

        Set<Integer> partitions(State state) {
            return remote.status(soon()).held().stream()
                    .filter(held -> held.state() == state)
                    .map(Held::partition)
                    .collect(Collectors.toSet());
        }

        Map<Integer, PartitionReply<List<SymbolHit>>> types(PartitionBound bound) {
            Map<Integer, PartitionBound> bounds =
                    IntStream.range(0, PARTITIONS)
                            .boxed()
                            .collect(Collectors.toMap(each -> each, each -> bound));
            return remote.ask(
                    new FindSymbols(
                            new NameMatch.Prefix("type"),
                            Set.of(),
                            Scope.EVERYWHERE,
                            null,
                            1000,
                            soon()),
                    bounds);
        }

        /** Goes as a node in a rolling restart does: it keeps its place. */
        @Override
        public void close() {
            members.remove(this);
            remote.close();
            server.close();
            node.close();
        }
    }

    Member start(String id, Duration sessionTimeout) {
        Member member = new Member(id, directory(id), sessionTimeout);
        members.add(member);
        return member;
    }

    Path directory(String id) {
        return directories.path().resolve(id);
    }

    /**
     * Waits until every partition is active on one node and a standby on another one, and stays
     * there: the group moves partitions in two steps, and the second one comes at once.
     */
    void awaitStandbys() {
        AtomicReference<List<Set<Integer>>> last = new AtomicReference<>(List.of());
        AtomicLong since = new AtomicLong();
        await(
                () -> {
                    List<Set<Integer>> active = partitions(State.ACTIVE);
                    boolean complete =
                            count(active) == PARTITIONS
                                    && count(partitions(State.STANDBY)) == PARTITIONS;
                    if (!complete || !active.equals(last.getAndSet(active))) {
                        since.set(System.nanoTime());
                    }
                    return complete && System.nanoTime() - since.get() > SETTLED.toNanos();
                });
    }

    private List<Set<Integer>> partitions(State state) {
        return members.stream().map(member -> member.partitions(state)).toList();
    }

    private static int count(List<Set<Integer>> partitions) {
        return partitions.stream().mapToInt(Set::size).sum();
    }

    /** Names found on whichever nodes answer, and how often each partition was answered. */
    static Map<Integer, Set<String>> names(Map<Integer, PartitionReply<List<SymbolHit>>> replies) {
        Map<Integer, Set<String>> names = new TreeMap<>();
        replies.forEach(
                (partition, reply) -> {
                    if (reply instanceof PartitionReply.Answered<List<SymbolHit>> answered) {
                        names.put(
                                partition,
                                answered.answer().stream()
                                        .map(hit -> hit.definition().name())
                                        .collect(Collectors.toSet()));
                    }
                });
        return names;
    }

    /** Where each partition is answered best now; those that nobody answers are left out. */
    Map<Integer, Set<String>> names() {
        Map<Integer, Set<String>> names = new HashMap<>();
        for (Member member : List.copyOf(members)) {
            names.putAll(names(member.types(PartitionBound.ANY)));
        }
        return names;
    }

    @Override
    public void close() {
        List.copyOf(members).forEach(Member::close);
        rig.close();
        directories.close();
    }
}
