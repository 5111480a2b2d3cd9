package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

/**
 * What is being done to a replica of a partition, or was done last. It answers meanwhile as ever.
 *
 * @param task null when nothing was done since the process started
 * @param done how far it has come, of {@code total}: column families compacted, or offsets of the
 *     topic gone over
 * @param total 0 while it is not known
 * @param bytesBefore what the replica took on disk when it began
 * @param bytesAfter the same at the end; 0 before
 * @param began when it was asked for, in milliseconds since 1970; 0 for never
 * @param ended when it was over; 0 before
 * @param failure why it came to nothing, and the replica is as it was; null when it did not
 */
public record Maintenance(
        @Nullable Task task,
        Phase phase,
        long done,
        long total,
        long bytesBefore,
        long bytesAfter,
        long began,
        long ended,
        @Nullable String failure) {
    public static final Maintenance NONE =
            new Maintenance(null, Phase.NONE, 0, 0, 0, 0, 0, 0, null);

    /** What can be done. */
    public enum Task {
        /** Writes all families anew, without what was overwritten and deleted. */
        COMPACT,
        /** Builds the store from the topic, beside the one that answers, and takes its place. */
        REBUILD
    }

    /** How it goes. */
    public enum Phase {
        /** Nothing was asked for. */
        NONE,
        /** It comes after what is done to other partitions of the node. */
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /** Whether it is not over. */
    public boolean isGoingOn() {
        return phase == Phase.WAITING || phase == Phase.RUNNING;
    }
}
