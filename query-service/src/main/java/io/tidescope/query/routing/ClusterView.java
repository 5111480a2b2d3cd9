package io.tidescope.query.routing;

import io.tidescope.query.routing.Member.Hearing;
import io.tidescope.store.query.NodeStatus.Held;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A picture of the store's nodes and of what they hold at one moment. Immutable.
 *
 * <p>Nodes that contradict each other are left out, and the faults say why: of two nodes with one
 * id neither can be trusted, and one that counts other partitions than most of them reads another
 * topic.
 */
public final class ClusterView {
    /** Nobody has been heard of yet. */
    static final ClusterView NOTHING = new ClusterView(0, List.of(), List.of(), Map.of());

    private final int partitions;
    private final List<Member> members;
    private final List<String> faults;
    private final Map<Integer, List<Replica>> replicas;

    private ClusterView(
            int partitions,
            List<Member> members,
            List<String> faults,
            Map<Integer, List<Replica>> replicas) {
        this.partitions = partitions;
        this.members = members;
        this.faults = faults;
        this.replicas = replicas;
    }

    /**
     * Puts together what nodes have said.
     *
     * @param heard one member of each address
     * @param before how many partitions there were in the picture before; 0 when it was not known
     */
    static ClusterView of(
            Collection<Member> heard, int before, long now, RoutingSettings settings) {
        List<String> faults = new ArrayList<>();
        List<Member> distinct = distinct(heard, now, settings, faults);
        int partitions = partitions(distinct, before, now, settings, faults);
        List<Member> members = new ArrayList<>();
        Map<Integer, List<Replica>> replicas = new HashMap<>();
        for (Member member : distinct) {
            if (member.status().partitions() != partitions) {
                continue;
            }
            members.add(member);
            for (Held held : member.status().held()) {
                if (held.partition() >= 0 && held.partition() < partitions) {
                    replicas.computeIfAbsent(held.partition(), absent -> new ArrayList<>())
                            .add(new Replica(member, held));
                }
            }
        }
        replicas.replaceAll((partition, list) -> List.copyOf(list));
        return new ClusterView(
                partitions, List.copyOf(members), List.copyOf(faults), Map.copyOf(replicas));
    }

    /** Partitions the store has; 0 when nobody said, or they contradict each other. */
    public int partitions() {
        return partitions;
    }

    /** The nodes that are asked. */
    public List<Member> members() {
        return members;
    }

    /** What is wrong with the nodes as a whole and how to mend it, a line each. */
    public List<String> faults() {
        return faults;
    }

    /** Where a partition is, in no order. */
    public List<Replica> replicas(int partition) {
        return replicas.getOrDefault(partition, List.of());
    }

    /**
     * How much the word of a node is worth that was asked a moment ago; one that was started again
     * since does not know of that.
     */
    Hearing hearing(Member asked, long now, RoutingSettings settings) {
        for (Member member : members) {
            if (member.address().equals(asked.address())) {
                return member.status().incarnation().equals(asked.status().incarnation())
                        ? member.hearing(now, settings)
                        : Hearing.GONE;
            }
        }
        return Hearing.QUIET;
    }

    /** The highest position that any node has told of a partition; -1 for none. */
    long position(int partition) {
        long highest = -1;
        for (Replica replica : replicas(partition)) {
            highest = Math.max(highest, replica.position());
        }
        return highest;
    }

    /** One member of each id; a node that has moved, or is known by two addresses, is one node. */
    private static List<Member> distinct(
            Collection<Member> heard, long now, RoutingSettings settings, List<String> faults) {
        Map<String, List<Member>> byId = new TreeMap<>();
        for (Member member : heard) {
            byId.computeIfAbsent(member.status().nodeId(), absent -> new ArrayList<>()).add(member);
        }
        List<Member> distinct = new ArrayList<>();
        byId.forEach(
                (id, sameId) -> {
                    List<Member> live =
                            sameId.stream()
                                    .filter(member -> member.isLive(now, settings))
                                    .sorted(Comparator.comparing(Member::address))
                                    .toList();
                    if (live.stream()
                                    .map(member -> member.status().incarnation())
                                    .distinct()
                                    .count()
                            > 1) {
                        faults.add(
                                "Two nodes of the store have the id %s: %s. Neither is asked; give each a node id and a state directory of its own."
                                        .formatted(id, addresses(live)));
                    } else if (!live.isEmpty()) {
                        distinct.add(live.getFirst());
                    } else {
                        sameId.stream()
                                .max(Comparator.comparingLong(member -> member.heard() - now))
                                .ifPresent(distinct::add);
                    }
                });
        return distinct;
    }

    private static int partitions(
            List<Member> members,
            int before,
            long now,
            RoutingSettings settings,
            List<String> faults) {
        Map<Integer, List<Member>> live = byPartitions(members, now, settings, true);
        Map<Integer, List<Member>> byCount =
                live.isEmpty() ? byPartitions(members, now, settings, false) : live;
        int most = byCount.values().stream().mapToInt(List::size).max().orElse(0);
        List<Integer> leading =
                byCount.entrySet().stream()
                        .filter(entry -> entry.getValue().size() == most)
                        .map(Map.Entry::getKey)
                        .toList();
        if (leading.isEmpty()) {
            return before;
        }
        int partitions =
                leading.size() == 1 ? leading.getFirst() : leading.contains(before) ? before : 0;
        if (byCount.size() > 1) {
            byCount.forEach(
                    (count, those) -> {
                        if (count != partitions) {
                            faults.add(disagreement(count, those, partitions));
                        }
                    });
        }
        return partitions;
    }

    private static Map<Integer, List<Member>> byPartitions(
            List<Member> members, long now, RoutingSettings settings, boolean liveOnly) {
        Map<Integer, List<Member>> byCount = new TreeMap<>();
        for (Member member : members) {
            if (!liveOnly || member.isLive(now, settings)) {
                byCount.computeIfAbsent(member.status().partitions(), absent -> new ArrayList<>())
                        .add(member);
            }
        }
        return byCount;
    }

    private static String disagreement(int count, List<Member> those, int partitions) {
        return "The store has %s, but %d for %s, which is not asked: check that all nodes use the same brokers and topic prefix."
                .formatted(
                        partitions == 0
                                ? "no number of partitions that most nodes agree on"
                                : partitions + " partitions",
                        count,
                        addresses(those));
    }

    private static String addresses(List<Member> members) {
        return String.join(" and ", members.stream().map(Member::address).toList());
    }
}
