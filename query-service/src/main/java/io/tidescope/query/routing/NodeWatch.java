package io.tidescope.query.routing;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeStatus;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the picture of the cluster fresh: looks at every node it knows of, at each heartbeat or
 * when somebody wants to know at once, and follows the peers they name.
 *
 * <p>A thread keeps time; a look has a thread of its own, one at a time for each node, so that a
 * node that does not answer delays nobody. Safe for concurrent use.
 */
final class NodeWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);

    /** Nodes that are looked at; more that are named are passed over. */
    static final int MAX_NODES = 1024;

    private static final int MAX_ADDRESS = 300;

    /** Between two looks at a node that everybody wants to know of at once. */
    private static final Duration LEAST_PAUSE = Duration.ofMillis(5);

    /** Heartbeats that may be late before time stands still. */
    private static final int LATE_BEATS = 2;

    /** A node that is gone is looked at every so many heartbeats. */
    private static final int GONE_BEATS = 8;

    private final NodeConnector connector;
    private final RoutingSettings settings;
    private final Routes routes;
    private final Map<String, Watched> nodes = new TreeMap<>();
    private final Map<Consistency, Map<Integer, Long>> held = new EnumMap<>(Consistency.class);
    private final Thread heart;
    private final AwakeClock clock;
    private boolean closed;
    private long heldAsOf;
    private volatile ClusterView view = ClusterView.NOTHING;
    private volatile Map<String, NodeGate> gates = Map.of();

    NodeWatch(Collection<String> seeds, NodeConnector connector, RoutingSettings settings) {
        this.connector = connector;
        this.settings = settings;
        routes = new Routes(settings);
        for (Consistency consistency : Consistency.values()) {
            held.put(consistency, new ConcurrentHashMap<>());
        }
        clock = new AwakeClock(System::nanoTime, settings.heartbeat().toNanos() * LATE_BEATS);
        long now = clock.now();
        heldAsOf = now;
        seeds.forEach(seed -> nodes.put(seed, new Watched(seed, true, now)));
        heart = Thread.ofPlatform().name("store-heartbeat").daemon().unstarted(this::beat);
    }

    /** What is known of an address. All of it guarded by the watch. */
    private static final class Watched {
        private final String address;
        private final boolean seed;
        private final long added;
        private @Nullable NodeGate gate;
        private @Nullable Member member;
        private String trouble = "it has not answered yet";
        private boolean looking;
        private boolean wanted = true;
        private long looked;

        Watched(String address, boolean seed, long now) {
            this.address = address;
            this.seed = seed;
            this.added = now;
            this.looked = now - Duration.ofDays(1).toNanos();
        }

        long lastSign() {
            Member known = member;
            return known == null ? added : known.heard();
        }
    }

    void start() {
        heart.start();
    }

    /** The time by which nodes are judged: it stands still while nobody looks at them. */
    long now() {
        return clock.now();
    }

    ClusterView view() {
        return view;
    }

    /** The way to ask a node; null when it has been forgotten. */
    @Nullable NodeGate gate(String address) {
        return gates.get(address);
    }

    /** A node did not answer a question: it is asked last until it is heard of again. */
    synchronized void suspect(Member suspected, String why) {
        Watched node = nodes.get(suspected.address());
        if (node == null) {
            return;
        }
        Member member = node.member;
        if (member != null && member.asOf() - suspected.asOf() <= 0) {
            failed(node, why);
            publish();
        }
        wantLook(node);
    }

    /** Has all nodes looked at now. */
    synchronized void lookNow() {
        nodes.values().forEach(this::wantLook);
    }

    /** Whether a partition could be answered for not long ago. */
    boolean wasHeld(int partition, Consistency consistency, Duration ago) {
        Long last = held.getOrDefault(consistency, Map.of()).get(partition);
        return last != null && now() - last <= ago.toNanos();
    }

    /** What is wrong with nodes that should be there, a line each. */
    synchronized List<String> troubles() {
        long now = now();
        List<String> troubles = new ArrayList<>(view.faults());
        for (Watched node : nodes.values()) {
            Member member = node.member;
            if (member == null || !member.isLive(now, settings)) {
                troubles.add(
                        "%s does not answer: %s"
                                .formatted(
                                        member == null
                                                ? "the node at " + node.address
                                                : member.name(),
                                        node.trouble));
            }
        }
        return troubles;
    }

    /** All addresses there are, and what is known of each. */
    synchronized List<NodeInspections.Known> known() {
        long now = now();
        return nodes.values().stream()
                .map(
                        node -> {
                            Member member = node.member;
                            NodeGate gate = node.gate;
                            boolean gone =
                                    member == null
                                            || member.hearing(now, settings) == Member.Hearing.GONE;
                            return new NodeInspections.Known(
                                    node.address,
                                    member,
                                    member != null && member.isLive(now, settings),
                                    gone || gate == null ? null : gate.client(),
                                    node.trouble);
                        })
                .toList();
    }

    @Override
    public void close() {
        List<NodeGate> open;
        synchronized (this) {
            closed = true;
            notifyAll();
            open = List.copyOf(gates.values());
            gates = Map.of();
        }
        open.forEach(gate -> connector.disconnect(gate.client()));
    }

    private void wantLook(Watched node) {
        if (!node.wanted) {
            node.wanted = true;
            notifyAll();
        }
    }

    private void beat() {
        try {
            while (lookAround()) {
                publishNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins the looks that are due and waits until others may be; false when it is all over. */
    private synchronized boolean lookAround() throws InterruptedException {
        if (closed) {
            return false;
        }
        clock.windUp();
        long now = now();
        long next = now + settings.heartbeat().toNanos();
        for (Iterator<Watched> all = nodes.values().iterator(); all.hasNext(); ) {
            Watched node = all.next();
            if (!node.seed && now - node.lastSign() > settings.forgotten().toNanos()) {
                forget(node);
                all.remove();
            } else if (!node.looking) {
                long due = due(node, now);
                if (due - now <= 0) {
                    look(node, now);
                } else if (due - next < 0) {
                    next = due;
                }
            }
        }
        // Rounded up, so that what is due then is due.
        wait(Math.max(1, (next - now) / 1_000_000 + 1));
        return !closed;
    }

    private long due(Watched node, long now) {
        if (node.wanted) {
            return node.looked + LEAST_PAUSE.toNanos();
        }
        boolean gone = now - node.lastSign() > settings.gone().toNanos();
        return node.looked + settings.heartbeat().toNanos() * (gone ? GONE_BEATS : 1);
    }

    private void look(Watched node, long now) {
        node.looking = true;
        node.wanted = false;
        node.looked = now;
        NodeGate known = node.gate;
        Thread.ofVirtual().name("store-look").start(() -> look(node, known, now));
    }

    private void look(Watched node, @Nullable NodeGate known, long asOf) {
        NodeGate gate = known;
        try {
            if (gate == null) {
                gate = new NodeGate(connector.connect(node.address), settings);
            }
            NodeStatus status = gate.client().status(Deadline.in(settings.patience()));
            heardOf(node, gate, new Member(node.address, status, asOf, now(), false));
        } catch (RuntimeException | Error e) {
            // Whatever it was, the node is looked at again.
            notHeardOf(node, gate, e);
        }
    }

    private synchronized void heardOf(Watched node, NodeGate gate, Member member) {
        node.looking = false;
        keep(node, gate);
        Member before = node.member;
        if (before == null
                || !before.status().incarnation().equals(member.status().incarnation())) {
            log.atInfo()
                    .addKeyValue("node", member.status().nodeId())
                    .addKeyValue("address", member.address())
                    .log("Node of the store found");
        } else if (before.failing()) {
            log.atInfo()
                    .addKeyValue("node", member.status().nodeId())
                    .addKeyValue("address", member.address())
                    .log("Node of the store answers again");
        }
        node.member = member;
        for (String peer : member.status().peers()) {
            if (nodes.size() < MAX_NODES
                    && !nodes.containsKey(peer)
                    && peer.length() <= MAX_ADDRESS) {
                nodes.put(peer, new Watched(peer, false, now()));
            }
        }
        publish();
        notifyAll();
    }

    private synchronized void notHeardOf(Watched node, @Nullable NodeGate gate, Throwable failure) {
        node.looking = false;
        if (gate != null) {
            keep(node, gate);
        }
        failed(
                node,
                failure instanceof TideScopeException known && known.getMessage() != null
                        ? known.getMessage()
                        : failure.toString());
        if (!(failure instanceof TideScopeException known)
                || known.code().category() == ErrorCode.Category.BUG) {
            log.atWarn()
                    .addKeyValue("address", node.address)
                    .setCause(failure)
                    .log("Looking at a node of the store failed");
        }
        publish();
        notifyAll();
    }

    private void failed(Watched node, String why) {
        node.trouble = why;
        Member member = node.member;
        if (member != null && !member.failing()) {
            log.atWarn()
                    .addKeyValue("node", member.status().nodeId())
                    .addKeyValue("address", member.address())
                    .addKeyValue("reason", why)
                    .log("Node of the store does not answer");
            node.member =
                    new Member(
                            member.address(), member.status(), member.asOf(), member.heard(), true);
        }
    }

    private void keep(Watched node, NodeGate gate) {
        if (node.gate == gate) {
            return;
        }
        if (closed || nodes.get(node.address) != node) {
            connector.disconnect(gate.client());
        } else {
            node.gate = gate;
            Map<String, NodeGate> all = new HashMap<>(gates);
            all.put(node.address, gate);
            gates = Map.copyOf(all);
        }
    }

    private void forget(Watched node) {
        log.atInfo().addKeyValue("address", node.address).log("Node of the store forgotten");
        NodeGate gate = node.gate;
        if (gate != null) {
            Map<String, NodeGate> all = new HashMap<>(gates);
            all.remove(node.address);
            gates = Map.copyOf(all);
            connector.disconnect(gate.client());
        }
    }

    private synchronized void publishNow() {
        publish();
    }

    private void publish() {
        long now = now();
        List<Member> members = new ArrayList<>();
        for (Watched node : nodes.values()) {
            Member member = node.member;
            if (member != null) {
                members.add(member);
            }
        }
        ClusterView next = ClusterView.of(members, view.partitions(), now, settings);
        if (!next.faults().equals(view.faults())) {
            next.faults()
                    .forEach(
                            fault ->
                                    log.atError()
                                            .addKeyValue("fault", fault)
                                            .log("Nodes of the store contradict each other"));
        }
        if (next.partitions() != view.partitions()
                || now - heldAsOf >= settings.heartbeat().toNanos()) {
            heldAsOf = now;
            held.forEach((consistency, times) -> remember(next, consistency, times, now));
        }
        view = next;
    }

    private void remember(
            ClusterView next, Consistency consistency, Map<Integer, Long> times, long now) {
        for (int partition = 0; partition < next.partitions(); partition++) {
            if (routes.isHeld(next, partition, consistency, now)) {
                times.put(partition, now);
            }
        }
    }
}
