package io.tidescope.store;

/**
 * How far a node's partition has come.
 *
 * @param position offset of the last record applied; -1 before the first
 * @param restoreEnd offset at which restoring ends; -1 when it is not known yet
 * @param restored records restored since it was opened
 */
public record PartitionStatus(
        int partition, State state, long position, long restoreEnd, long restored) {
    /** Whether the partition can be asked. */
    public enum State {
        /** Another node's, or nobody's yet. */
        ABSENT,
        /**
         * About to be opened, or catching up with what was applied before; it does not answer yet.
         */
        RESTORING,
        /** Follows what another node applies, and answers as far as it has come. */
        STANDBY,
        /** Applies what comes, and answers. */
        ACTIVE
    }
}
