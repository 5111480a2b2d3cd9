package io.tidescope.query.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Partitions by the node that is to be asked for them, each for all of them at once. */
final class Batches {
    private final Map<String, Batch> byAddress = new TreeMap<>();

    private record Batch(Member member, List<Integer> partitions) {}

    void add(Member member, int partition) {
        byAddress
                .computeIfAbsent(member.address(), absent -> new Batch(member, new ArrayList<>()))
                .partitions()
                .add(partition);
    }

    boolean isEmpty() {
        return byAddress.isEmpty();
    }

    void forEach(BiConsumer<Member, List<Integer>> action) {
        byAddress.values().forEach(batch -> action.accept(batch.member(), batch.partitions()));
    }
}
