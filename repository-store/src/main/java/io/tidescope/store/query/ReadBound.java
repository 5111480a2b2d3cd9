package io.tidescope.store.query;

import java.util.HashMap;
import java.util.Map;

/**
 * What the answers of several partitions must be like.
 *
 * @param positions by partition, the offset up to which its answer takes in all records; partitions
 *     not named have no such bound
 */
public record ReadBound(Consistency consistency, Map<Integer, Long> positions) {
    /** The newest that any node has. */
    public static final ReadBound AVAILABLE = new ReadBound(Consistency.AVAILABLE, Map.of());

    public ReadBound {
        positions = Map.copyOf(positions);
    }

    /** The same, and not behind these positions either. */
    public ReadBound atLeast(Map<Integer, Long> further) {
        Map<Integer, Long> both = new HashMap<>(positions);
        further.forEach((partition, position) -> both.merge(partition, position, Math::max));
        return new ReadBound(consistency, both);
    }

    /** The offset up to which a partition's answer takes in all records; -1 for none. */
    public long position(int partition) {
        return positions.getOrDefault(partition, -1L);
    }
}
