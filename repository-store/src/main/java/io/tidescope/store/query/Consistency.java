package io.tidescope.store.query;

/** Which nodes may answer for a partition. */
public enum Consistency {
    /** Only the node that a partition is assigned to; without it the partition is missing. */
    STRONG,
    /**
     * A standby too, when the active node is gone or slow; the answer says how far behind it is.
     */
    AVAILABLE
}
