package io.tidescope.parser.stream;

import io.tidescope.schemas.event.RevisionMarker;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells when all partitions of one stream thread have seen the marker of a revision.
 *
 * <p>A thread has one transaction for all its partitions. Ended at every marker, it would end
 * several times for one push, and each end delays the next beginning; ended at the last, it makes
 * the whole revision visible at once. Markers that never become complete, such as after a restart
 * in between, wait for the commit interval. Confined to its stream thread.
 */
final class RevisionBarrier {
    /** Revisions under way at a time. */
    private static final int CAPACITY = 256;

    private final Map<Revision, Integer> seen =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Revision, Integer> eldest) {
                    return size() > CAPACITY;
                }
            };
    private int partitions;

    private record Revision(String repository, String ref, long sequence) {}

    /** A partition came to the thread. */
    void join() {
        partitions++;
    }

    /** A partition left the thread. */
    void leave() {
        partitions--;
    }

    /** Counts the marker of one partition; true when it was the last one missing. */
    boolean completes(RevisionMarker marker) {
        Revision revision =
                new Revision(marker.getRepository(), marker.getRef(), marker.getSequence());
        if (seen.merge(revision, 1, Integer::sum) < partitions) {
            return false;
        }
        seen.remove(revision);
        return true;
    }
}
