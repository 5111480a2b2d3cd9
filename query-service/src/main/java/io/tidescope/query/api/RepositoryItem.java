package io.tidescope.query.api;

import io.tidescope.query.IndexedRef;
import io.tidescope.query.Repository;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RevisionMarker;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A repository as it is written. */
record RepositoryItem(String repository, List<RefItem> refs) {
    /**
     * A ref; what is null was not said yet.
     *
     * @param state {@code indexed} when every partition holds the newest revision published and
     *     none is being published, else {@code pending}
     * @param commit the newest revision that any partition has seen
     * @param indexedCommit the newest revision that every partition has reached
     * @param publishedAt when its publish began, RFC 3339
     */
    record RefItem(
            String ref,
            boolean defaultRef,
            String state,
            @Nullable String commit,
            @Nullable String indexedCommit,
            long sequence,
            int partitionsDone,
            int partitions,
            int javaFiles,
            int otherFiles,
            int symlinks,
            int submodules,
            @Nullable String publishedAt,
            @Nullable PublishingItem publishing) {}

    /**
     * A publish under way.
     *
     * @param commit its target; null when the ref is being deleted
     */
    record PublishingItem(@Nullable String commit, int published, int total) {}

    static RepositoryItem of(Repository repository, int partitions) {
        return new RepositoryItem(
                repository.name(),
                repository.refs().stream().map(ref -> item(ref, partitions)).toList());
    }

    private static RefItem item(IndexedRef ref, int partitions) {
        RevisionMarker newest = ref.newest();
        PublishProgress progress = ref.publishing();
        PublishingItem publishing =
                progress == null
                        ? null
                        : new PublishingItem(
                                progress.getTarget(), progress.getPublished(), progress.getTotal());
        if (newest == null) {
            return new RefItem(
                    ref.ref(),
                    ref.defaultRef(),
                    "pending",
                    null,
                    null,
                    0,
                    0,
                    partitions,
                    0,
                    0,
                    0,
                    0,
                    null,
                    publishing);
        }
        return new RefItem(
                ref.ref(),
                ref.defaultRef(),
                ref.isIndexed(partitions) ? "indexed" : "pending",
                newest.getCommit(),
                ref.indexedCommit(),
                newest.getSequence(),
                ref.partitionsDone(),
                partitions,
                newest.getJavaFiles(),
                newest.getOtherFiles(),
                newest.getSymlinks(),
                newest.getSubmodules(),
                newest.getPublishedAtMillis().toString(),
                publishing);
    }
}
