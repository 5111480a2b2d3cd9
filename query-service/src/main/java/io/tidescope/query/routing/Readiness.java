package io.tidescope.query.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether questions can be answered completely.
 *
 * @param ready whether the partitions are known and each has a node that answers for it
 * @param troubles what is wrong, a line each; there may be some though all is answered
 */
public record Readiness(boolean ready, List<String> troubles) {
    public Readiness {
        troubles = List.copyOf(troubles);
    }

    static Readiness of(int partitions, List<Integer> unanswered, List<String> troubles) {
        List<String> all = new ArrayList<>();
        if (partitions == 0) {
            all.add("no node of the store has said how many partitions there are");
        }
        if (!unanswered.isEmpty()) {
            all.add(
                    "nobody answers for %d of %d partitions: %s"
                            .formatted(unanswered.size(), partitions, unanswered));
        }
        all.addAll(troubles);
        return new Readiness(partitions > 0 && unanswered.isEmpty(), all);
    }
}
