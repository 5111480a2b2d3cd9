package io.tidescope.store;

/** How a store node does. */
public enum StoreHealth {
    /** Not started yet, or joining the others. */
    STARTING,
    /** Applies records and answers for the partitions that are ready. */
    RUNNING,
    /** Gave up; the log says why. */
    FAILED,
    /** Closed, or closing. */
    STOPPED
}
