package io.tidescope.ingest;

import io.tidescope.ingest.git.RawPath;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What to publish next of a ref.
 *
 * @param base the commit to compare with, null for an empty tree; meaningless when {@code fromLog}
 * @param fromLog whether what is published has to be read from the log, because git has forgotten
 *     it: the log is the truth
 * @param target the commit to publish; null when the ref is gone
 * @param sequence the publish's number
 * @param after the path up to which an interrupted publish came; null for a new one
 * @param published changes the interrupted publish had committed
 */
record PublishPlan(
        @Nullable String base,
        boolean fromLog,
        @Nullable String target,
        long sequence,
        @Nullable RawPath after,
        int published) {

    /**
     * Decides from what is published and where the ref is; null when there is nothing to do.
     *
     * <p>An interrupted publish is finished before a newer tip is looked at, unless what it left on
     * the log is no part of a commit's tree.
     *
     * @param tip null when the ref does not exist
     * @param holds whether the repository can still read a commit's tree
     * @param least number that a new publish may have
     */
    static @Nullable PublishPlan next(
            RefState state,
            @Nullable String tip,
            boolean defaultRef,
            Predicate<String> holds,
            long least) {
        String base = state.getCommit();
        boolean baseHeld = base == null || holds.test(base);
        PublishProgress progress = state.getProgress();
        if (progress != null) {
            String target = progress.getTarget();
            boolean continuable = !progress.getFromLog() && baseHeld;
            return continuable && (target == null || holds.test(target))
                    ? new PublishPlan(
                            base,
                            false,
                            target,
                            state.getSequence(),
                            new RawPath(bytes(progress.getLastPath())),
                            progress.getPublished())
                    : fromLog(state, tip, least);
        }
        boolean asPublished =
                Objects.equals(tip, base) && (tip == null || state.getDefaultRef() == defaultRef);
        return asPublished ? null : anew(state, !baseHeld, tip, least);
    }

    /** Reaches the tip from what the log says. */
    static PublishPlan fromLog(RefState state, @Nullable String tip, long least) {
        return anew(state, true, tip, least);
    }

    private static PublishPlan anew(
            RefState state, boolean fromLog, @Nullable String target, long least) {
        long sequence = Math.max(state.getSequence() + 1, least);
        return new PublishPlan(state.getCommit(), fromLog, target, sequence, null, 0);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
