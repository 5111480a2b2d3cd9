package io.tidescope.store.query;

/**
 * How much a partition holds; kept exact by every apply.
 *
 * @param documents documents on all refs
 * @param documentsWithProblems those of them with at least one problem
 * @param lines lines of their sources
 * @param sourceBytes bytes of their sources, uncompressed
 * @param treeBytes bytes of their trees, uncompressed
 * @param definitions definitions indexed
 * @param occurrences occurrences indexed
 * @param position offset of the last record applied in the {@code documents} topic; -1 for none
 */
public record PartitionStatistics(
        long documents,
        long documentsWithProblems,
        long lines,
        long sourceBytes,
        long treeBytes,
        long definitions,
        long occurrences,
        long position) {}
