package io.tidescope.query.admin;

import io.tidescope.query.request.Choice;
import io.tidescope.store.query.NodeInspection.PartitionProgress;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.Standing;

import org.jspecify.annotations.Nullable;

/**
 * A partition on a node, as it is written.
 *
 * @param state {@code active}, {@code standby} or {@code restoring}
 * @param position offset of the last record applied; -1 for none
 * @param lagRecords records that it lacks; null when that is not known
 * @param restore null unless it is being restored, and the node tells how far it has come
 */
record HeldItem(
        int partition,
        String state,
        long position,
        @Nullable Long lagRecords,
        @Nullable Restore restore) {
    /**
     * How far a partition has come that is being restored.
     *
     * @param from offset of the last record that it held when it was opened; -1 for none
     * @param end offset at which it has been restored; null when that is not known yet
     * @param seconds for how long it has been open
     */
    record Restore(long from, @Nullable Long end, double seconds) {}

    static HeldItem of(PartitionProgress progress) {
        Restore restore =
                progress.state() != State.RESTORING
                        ? null
                        : new Restore(
                                progress.from(),
                                progress.end() < 0 ? null : progress.end(),
                                progress.openMillis() / 1e3);
        return of(progress.partition(), progress.state(), progress.standing(), restore);
    }

    static HeldItem of(NodeStatus.Held held) {
        return of(held.partition(), held.state(), held.standing(), null);
    }

    private static HeldItem of(
            int partition, State state, Standing standing, @Nullable Restore restore) {
        return new HeldItem(
                partition,
                Choice.label(state),
                standing.position(),
                standing.lag() < 0 ? null : standing.lag(),
                restore);
    }
}
