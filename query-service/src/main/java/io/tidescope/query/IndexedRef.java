package io.tidescope.query;

import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RevisionMarker;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A ref as the partitions know it together, and what its publisher says.
 *
 * @param ref full name
 * @param newest the newest marker any partition has seen; null when none has seen one
 * @param indexedCommit the newest commit that every partition has reached; null when there is none
 * @param partitionsDone partitions that have seen the newest marker
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
     */
    static IndexedRef of(
            List<RevisionMarker> markers, int partitions, @Nullable PublishProgress publishing) {
        RevisionMarker newest = markers.getFirst();
        RevisionMarker oldest = newest;
        for (RevisionMarker marker : markers) {
            newest = marker.getSequence() > newest.getSequence() ? marker : newest;
            oldest = marker.getSequence() < oldest.getSequence() ? marker : oldest;
        }
        long sequence = newest.getSequence();
        int done =
                (int) markers.stream().filter(marker -> marker.getSequence() == sequence).count();
        return new IndexedRef(
                newest.getRef(),
                newest.getDefaultRef(),
                newest,
                markers.size() == partitions ? oldest.getCommit() : null,
                done,
                publishing);
    }

    /** A ref that is being published for the first time. */
    static IndexedRef unseen(String ref, boolean defaultRef, @Nullable PublishProgress publishing) {
        return new IndexedRef(ref, defaultRef, null, null, 0, publishing);
    }
}
