package io.tidescope.recovery.archive;

import io.tidescope.schemas.event.RevisionMarker;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A revision marker that a segment of {@code file-changes} holds: up to here, its partition has
 * everything of that publish.
 *
 * @param repository whose
 * @param ref full name
 * @param sequence of the publish, ascending within the ref
 * @param commit what was published; null when the ref was deleted
 * @param defaultRef whether it was the default branch
 * @param javaFiles files of the revision by kind, as the marker counts them
 * @param publishedAtMillis when the publish began, by the publisher's clock; the same in all
 *     partitions
 */
public record Mark(
        String repository,
        String ref,
        long sequence,
        @Nullable String commit,
        boolean defaultRef,
        int javaFiles,
        int otherFiles,
        int symlinks,
        int submodules,
        long publishedAtMillis) {
    /** Of a marker as it stands in the log. */
    public static Mark of(RevisionMarker marker) {
        return new Mark(
                marker.getRepository(),
                marker.getRef(),
                marker.getSequence(),
                marker.getCommit(),
                marker.getDefaultRef(),
                marker.getJavaFiles(),
                marker.getOtherFiles(),
                marker.getSymlinks(),
                marker.getSubmodules(),
                marker.getPublishedAtMillis().toEpochMilli());
    }

    public Instant publishedAt() {
        return Instant.ofEpochMilli(publishedAtMillis);
    }
}
