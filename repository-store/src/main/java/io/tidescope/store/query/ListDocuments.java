package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Documents of a ref in path order (UTF-8 bytes).
 *
 * @param prefix what the path starts with; empty for all
 * @param afterPath continue behind this path; null from the start
 * @param limit at most so many
 */
public record ListDocuments(
        String repository,
        String ref,
        String prefix,
        @Nullable String afterPath,
        int limit,
        Deadline deadline)
        implements StoreQuery<List<DocumentSummary>> {}
