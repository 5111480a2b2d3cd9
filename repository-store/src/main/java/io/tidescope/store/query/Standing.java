package io.tidescope.store.query;

/**
 * Where a partition stands.
 *
 * @param position offset of the last record applied in the {@code documents} topic; -1 before the
 *     first
 * @param active whether the partition is assigned to the node; else it is a standby
 * @param lag records of the topic that the node knows of and has not applied; -1 when it does not
 *     know
 */
public record Standing(long position, boolean active, long lag) {}
