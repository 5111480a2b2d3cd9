package io.tidescope.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What one publish of a ref did.
 *
 * @param commit the revision now published; null when the ref was deleted
 * @param writes files written, those of an earlier, interrupted attempt not counted
 * @param removals files removed, those of an earlier, interrupted attempt not counted
 * @param rejections of the writes, those whose content is too large to index
 * @param bytes content published
 * @param transactions Kafka transactions it took
 */
public record PublishedRef(
        String repository,
        String ref,
        @Nullable String commit,
        long sequence,
        int writes,
        int removals,
        int rejections,
        long bytes,
        int transactions) {}
