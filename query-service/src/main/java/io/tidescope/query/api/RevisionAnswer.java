package io.tidescope.query.api;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How far the index has come with a revision, as it is written.
 *
 * @param state label of a {@link RevisionState}
 */
record RevisionAnswer(
        @Nullable String repository,
        String ref,
        String revision,
        String state,
        int partitionsDone,
        int partitions,
        boolean complete,
        List<MissingPartition> missing,
        List<StalePartition> stale)
        implements PartialAnswer {}
