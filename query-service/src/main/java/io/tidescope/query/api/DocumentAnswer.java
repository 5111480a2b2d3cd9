package io.tidescope.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A document as it is written; parts that were not asked for are left out.
 *
 * @param blob hex object id of the content in git
 * @param mode git file mode in octal, such as {@code 100644}
 * @param encoding charset the content was decoded with
 * @param size bytes of the content in git
 * @param tree a {@link TreeJson}, or a string that holds an S-expression
 * @param stale its partition, when a standby answered for it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DocumentAnswer(
        String repository,
        String ref,
        String path,
        String commit,
        long sequence,
        String blob,
        String mode,
        String outcome,
        String encoding,
        long size,
        int lines,
        @Nullable List<ProblemItem> problems,
        @Nullable List<OutlineItem> outline,
        @Nullable String source,
        @Nullable Object tree,
        List<StalePartition> stale) {}
