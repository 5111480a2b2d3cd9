package io.tidescope.store.query;

/**
 * What a partition's answer must be like to be of use.
 *
 * @param activeOnly whether only the node may answer that the partition is assigned to, and no
 *     standby
 * @param minPosition the answer takes in all records of the {@code documents} topic up to this
 *     offset; -1 for none
 * @param knownPosition the asker has the answer as of this position, and wants it only if it may
 *     have changed; -1 when it has none
 */
public record PartitionBound(boolean activeOnly, long minPosition, long knownPosition) {
    /** Whatever the node has. */
    public static final PartitionBound ANY = new PartitionBound(false, -1, -1);
}
