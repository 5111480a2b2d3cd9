package io.tidescope.app.lag;

import java.time.Duration;

/**
 * How far a group is behind in a partition.
 *
 * @param records offsets written and not committed by the group; more than there are records where
 *     the topic was compacted, or where transactions ended in between
 * @param waiting for how long at least the first of them has been there
 */
public record PartitionLag(long records, Duration waiting) {
    static final PartitionLag NONE = new PartitionLag(0, Duration.ZERO);
}
