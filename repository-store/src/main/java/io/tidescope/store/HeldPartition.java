package io.tidescope.store;

import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.Standing;
import io.tidescope.store.rocks.ReadableStore;

import org.jspecify.annotations.Nullable;

/**
 * A partition that the node holds, at one moment.
 *
 * @param store answers for it
 * @param position offset of the last record applied; -1 before the first
 * @param lag records known of and not applied when it was at {@code position}; -1 when not known
 * @param applying whether it is assigned to the node, which applies its records; else it follows
 *     whoever does
 * @param lease of the member that applies them; null when none does
 * @param goal offset at which the topic ended some time after the node had begun to apply, or else
 *     to follow: whoever applied before cannot have applied, and answered, more. -1 when not known
 *     yet
 * @param reachedGoal whether it has come there
 * @param caughtUp whether it has reached a goal since it was opened
 * @param restoreEnd offset at which restoring ends; -1 when it is not known
 * @param restored records restored since it was opened
 * @param opening where it stood when it was opened
 */
record HeldPartition(
        ReadableStore store,
        long position,
        long lag,
        boolean applying,
        @Nullable Lease lease,
        long goal,
        boolean reachedGoal,
        boolean caughtUp,
        long restoreEnd,
        long restored,
        Opening opening) {
    private static final long UNKNOWN = -1;

    /**
     * The moment a partition was opened.
     *
     * @param nanoTime by the node's monotonic clock
     */
    record Opening(long position, long nanoTime) {}

    static HeldPartition opened(ReadableStore store, Opening opening) {
        return new HeldPartition(
                store,
                opening.position(),
                UNKNOWN,
                false,
                null,
                UNKNOWN,
                false,
                false,
                UNKNOWN,
                0,
                opening);
    }

    /** Offset at which it has been restored; -1 when that is not known yet. */
    long end() {
        // Standbys are not told of restores, but have a goal all the same.
        return restoreEnd < 0 ? goal : restoreEnd;
    }

    State state() {
        if (applying && reachedGoal && lease != null && lease.valid()) {
            return State.ACTIVE;
        }
        return caughtUp ? State.STANDBY : State.RESTORING;
    }

    Standing standing() {
        return standing(position, state() == State.ACTIVE);
    }

    /** As an answer stands that was read from a state at or behind this one's position. */
    Standing standing(long read, boolean active) {
        // One that has lost its lease does not know what others apply meanwhile.
        boolean unknown = lag < 0 || applying && !active;
        return new Standing(read, active, unknown ? UNKNOWN : Math.max(0, lag - (read - position)));
    }

    HeldPartition applied(long offset) {
        return new HeldPartition(
                store,
                offset,
                lag < 0 ? UNKNOWN : Math.max(0, lag - (offset - position)),
                applying,
                lease,
                goal,
                reachedGoal,
                caughtUp,
                restoreEnd,
                restored,
                opening);
    }

    /** After a poll of the consumer that follows it; of a member of the group if it is applied. */
    HeldPartition polled(Fetched fetched, @Nullable Lease member) {
        // What was fetched and waits to be applied is behind, too.
        long behind =
                fetched.lag() < 0
                        ? UNKNOWN
                        : fetched.lag() + Math.max(0, fetched.last() - position);
        long end = goal < 0 && fetched.lag() >= 0 ? fetched.next() + fetched.lag() : goal;
        boolean there =
                reachedGoal
                        || end >= 0
                                && (position >= end - 1
                                        || fetched.next() >= end && fetched.last() <= position);
        return new HeldPartition(
                store,
                position,
                behind,
                applying,
                member,
                end,
                there,
                caughtUp || there,
                restoreEnd,
                restored,
                opening);
    }

    /** From when the node applies its records, having restored it, until it does no longer. */
    HeldPartition applying(boolean now) {
        return new HeldPartition(
                store,
                position,
                lag,
                now,
                null,
                UNKNOWN,
                false,
                caughtUp,
                restoreEnd,
                restored,
                opening);
    }

    HeldPartition restoring(long end) {
        return new HeldPartition(
                store,
                position,
                lag,
                applying,
                lease,
                goal,
                reachedGoal,
                caughtUp,
                end,
                restored,
                opening);
    }

    HeldPartition restored(long more) {
        return new HeldPartition(
                store,
                position,
                lag,
                applying,
                lease,
                goal,
                reachedGoal,
                caughtUp,
                restoreEnd,
                restored + more,
                opening);
    }
}
