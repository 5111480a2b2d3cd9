package io.tidescope.recovery.restore;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far the restore of a partition has come, as it is kept in the cluster: with each transaction
 * of records, as the offset of a consumer group that has no members.
 *
 * @param next offset in the backup of the change that comes next
 * @param backup number of the backup that it is taken from
 * @param fingerprint of the plan
 * @param done whether all of the partition is written
 */
record RestoreProgress(long next, long backup, String fingerprint, boolean done) {
    private static final String DONE = "done";
    private static final String RUNNING = "running";

    OffsetAndMetadata toOffset() {
        return new OffsetAndMetadata(
                next, "%s %d %s".formatted(done ? DONE : RUNNING, backup, fingerprint));
    }

    /** Null for a partition that no restore has written anything of. */
    static @Nullable RestoreProgress of(@Nullable OffsetAndMetadata offset) {
        if (offset == null) {
            return null;
        }
        String[] parts = offset.metadata().split(" ");
        return new RestoreProgress(
                offset.offset(), Long.parseLong(parts[1]), parts[2], parts[0].equals(DONE));
    }
}
