package io.tidescope.store.query;

import io.tidescope.schemas.event.ParseOutcome;

/**
 * How a document is stored.
 *
 * @param number it has among those of its ref in the partition
 * @param fingerprint of its source and tree
 * @param sequence of the publish it came with
 * @param blob hex object id of the content in git
 * @param size bytes of the content in git
 * @param sourceBytes as its entry says
 * @param treeBytes as its entry says
 * @param storedSourceBytes as there are
 * @param storedTreeBytes as there are
 * @param whole whether source and tree are there and fit each other; a document without a tree has
 *     nothing to fit
 */
public record DocumentInspection(
        int number,
        long fingerprint,
        long sequence,
        String commit,
        String blob,
        ParseOutcome outcome,
        String encoding,
        long size,
        int lines,
        int sourceBytes,
        int treeBytes,
        int storedSourceBytes,
        int storedTreeBytes,
        int definitions,
        int occurrences,
        int problems,
        boolean whole) {}
