package io.tidescope.recovery.region;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.RefState;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a log has of a ref.
 *
 * @param state what publishers take for published; null when they know nothing of it
 * @param whole the newest publish of which every partition has everything; 0 when there is none
 * @param commits of that publish and those before it by their numbers, which have gaps; null where
 *     the ref was deleted
 * @param begun the newest publish of which there is anything
 */
public record RefAudit(
        RefKey ref,
        @Nullable RefState state,
        long whole,
        SortedMap<Long, @Nullable String> commits,
        long begun) {
    public RefAudit {
        commits = Collections.unmodifiableSortedMap(new TreeMap<>(commits));
    }

    /** Of the newest whole publish; null when there is none, or it is that the ref was deleted. */
    public @Nullable String commit() {
        return commits.get(whole);
    }

    /** How many publishes it has whole. */
    public long publishes() {
        return commits.size();
    }

    /** Whether the log and what publishers take for published are the same, and complete. */
    public boolean isWhole() {
        return state != null
                && state.getProgress() == null
                && state.getSequence() == whole
                && begun == whole;
    }
}
