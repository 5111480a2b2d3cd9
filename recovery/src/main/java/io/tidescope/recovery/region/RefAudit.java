package io.tidescope.recovery.region;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.RefState;

import org.jspecify.annotations.Nullable;

/**
 * What a log has of a ref.
 *
 * @param state what publishers take for published; null when they know nothing of it
 * @param whole the newest publish of which every partition has everything; 0 when there is none
 * @param commit of that publish; null when there is none, or it is that the ref was deleted
 * @param publishes how many there are up to that one; their numbers have gaps
 * @param begun the newest publish of which there is anything
 */
public record RefAudit(
        RefKey ref,
        @Nullable RefState state,
        long whole,
        @Nullable String commit,
        long publishes,
        long begun) {
    /** Whether the log and what publishers take for published are the same, and complete. */
    public boolean isWhole() {
        return state != null
                && state.getProgress() == null
                && state.getSequence() == whole
                && begun == whole;
    }
}
