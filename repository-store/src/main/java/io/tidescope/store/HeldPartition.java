package io.tidescope.store;

import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.Standing;
import io.tidescope.store.rocks.DocumentStore;

import org.jspecify.annotations.Nullable;

/**
 * A partition that the node holds, at one moment.
 *
 * @param store answers for it
 * @param position offset of the last record applied; -1 before the first
 * @param lag records known of and not applied when it was at {@code position}; -1 when not known
 * @param caughtUp whether it has been about as far as the topic since it was opened
 * @param applying whether it is assigned to the node, which applies its records
 * @param lease of the member that applies them; null when none does
 * @param takeover offset at which the topic ended when the node took it over: whoever had it before
 *     cannot have applied and answered more. -1 when not known yet
 * @param tookOver whether it has come there
 * @param restoreEnd offset at which restoring ends; -1 when it is not known
 * @param restored records restored since it was opened
 */
record HeldPartition(
        DocumentStore store,
        long position,
        long lag,
        boolean caughtUp,
        boolean applying,
        @Nullable Lease lease,
        long takeover,
        boolean tookOver,
        long restoreEnd,
        long restored) {
    /** Records that one that has caught up may still lack: a fraction of a second's work. */
    static final long CAUGHT_UP_LAG = 1000;

    private static final long UNKNOWN = -1;

    static HeldPartition opened(DocumentStore store, long position) {
        return new HeldPartition(
                store, position, UNKNOWN, false, false, null, UNKNOWN, false, UNKNOWN, 0);
    }

    State state() {
        if (applying && tookOver && lease != null && lease.valid()) {
            return State.ACTIVE;
        }
        return caughtUp ? State.STANDBY : State.RESTORING;
    }

    Standing standing() {
        return standing(position, state() == State.ACTIVE);
    }

    /** As an answer from a state at or behind this one's position stands. */
    Standing standing(long read, boolean active) {
        return new Standing(
                read,
                active,
                lag < 0 || applying && !active ? UNKNOWN : Math.max(0, lag - (read - position)));
    }

    HeldPartition applied(long offset) {
        return new HeldPartition(
                store,
                offset,
                lag < 0 ? UNKNOWN : Math.max(0, lag - (offset - position)),
                caughtUp,
                applying,
                lease,
                takeover,
                tookOver || takeover >= 0 && offset >= takeover - 1,
                restoreEnd,
                restored);
    }

    /** After a poll of the consumer that follows it; of a member of the group if it is applied. */
    HeldPartition polled(Fetched fetched, @Nullable Lease member) {
        // What was fetched and waits to be applied is behind, too.
        long behind =
                fetched.lag() < 0
                        ? UNKNOWN
                        : fetched.lag() + Math.max(0, fetched.last() - position);
        long end =
                takeover < 0 && applying && fetched.lag() >= 0
                        ? fetched.next() + fetched.lag()
                        : takeover;
        return new HeldPartition(
                store,
                position,
                behind,
                caughtUp || behind >= 0 && behind <= CAUGHT_UP_LAG,
                applying,
                member,
                end,
                tookOver
                        || end >= 0
                                && (position >= end - 1
                                        || fetched.next() >= end && fetched.last() <= position),
                restoreEnd,
                restored);
    }

    /** From when the node applies its records, having restored it, until it does no longer. */
    HeldPartition applying(boolean now) {
        return new HeldPartition(
                store,
                position,
                lag,
                caughtUp || now,
                now,
                null,
                UNKNOWN,
                false,
                restoreEnd,
                restored);
    }

    HeldPartition restoring(long end) {
        return new HeldPartition(
                store, position, lag, caughtUp, applying, lease, takeover, tookOver, end, restored);
    }

    HeldPartition restored(long more) {
        return new HeldPartition(
                store,
                position,
                lag,
                caughtUp,
                applying,
                lease,
                takeover,
                tookOver,
                restoreEnd,
                restored + more);
    }
}
