package io.tidescope.query;

import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A ref as the partitions know it together, and what its publisher says.
 *
 * @param ref full name
 * @param newest the newest marker any partition has seen; null when none has seen one
 * @param indexedCommit the newest commit that every partition has reached; null when there is none
 * @param partitionsDone partitions that have seen the marker of the newest complete publish
 * @param publishing the publish under way; null when there is none
 */
public record IndexedRef(
        String ref,
        boolean defaultRef,
        @Nullable RevisionMarker newest,
        @Nullable String indexedCommit,
        int partitionsDone,
        @Nullable PublishProgress publishing) {
    /**
     * Puts together what partitions have seen of a ref.
     *
     * @param markers one of each partition that has seen the ref, at least one
     * @param partitions partitions there are
     * @param published what its publisher says; null when nobody does
     */
    static IndexedRef of(
            List<RevisionMarker> markers, int partitions, @Nullable RefState published) {
        RevisionMarker newest = markers.getFirst();
        RevisionMarker oldest = newest;
        for (RevisionMarker marker : markers) {
            newest = marker.getSequence() > newest.getSequence() ? marker : newest;
            oldest = marker.getSequence() < oldest.getSequence() ? marker : oldest;
        }
        PublishProgress publishing = published == null ? null : published.getProgress();
        // A publish that is complete has written its markers, whether they were seen or not.
        long sequence =
                published == null || publishing != null
                        ? newest.getSequence()
                        : Math.max(newest.getSequence(), published.getSequence());
        int done =
                (int) markers.stream().filter(marker -> marker.getSequence() >= sequence).count();
        return new IndexedRef(
                newest.getRef(),
                newest.getDefaultRef(),
                newest,
                markers.size() == partitions ? oldest.getCommit() : null,
                done,
                publishing);
    }

    /** A ref of which no partition has seen a marker. */
    static IndexedRef unseen(RefState published) {
        return new IndexedRef(
                published.getRef(),
                published.getDefaultRef(),
                null,
                null,
                0,
                published.getProgress());
    }

    /**
     * Whether nothing that was published is missing.
     *
     * @param partitions partitions there are
     */
    public boolean isIndexed(int partitions) {
        return publishing == null && partitionsDone == partitions;
    }
}
