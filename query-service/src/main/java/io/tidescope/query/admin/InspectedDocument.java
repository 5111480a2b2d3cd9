package io.tidescope.query.admin;

import io.tidescope.query.request.Choice;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.DocumentInspection;

import java.util.HexFormat;

/**
 * How a document is stored, as it is written.
 *
 * @param number it has among those of its ref in the partition
 * @param fingerprint of its source and tree, 16 hex digits
 * @param whole whether source and tree are there, as long as the entry says, and fit each other
 */
record InspectedDocument(
        String repository,
        String ref,
        String path,
        int partition,
        long number,
        String fingerprint,
        long sequence,
        String commit,
        String blob,
        String outcome,
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
        boolean whole) {
    static InspectedDocument of(DocumentKey key, int partition, DocumentInspection found) {
        return new InspectedDocument(
                key.repository(),
                key.ref(),
                key.path(),
                partition,
                Integer.toUnsignedLong(found.number()),
                HexFormat.of().toHexDigits(found.fingerprint()),
                found.sequence(),
                found.commit(),
                found.blob(),
                Choice.label(found.outcome()),
                found.encoding(),
                found.size(),
                found.lines(),
                found.sourceBytes(),
                found.treeBytes(),
                found.storedSourceBytes(),
                found.storedTreeBytes(),
                found.definitions(),
                found.occurrences(),
                found.problems(),
                found.whole());
    }
}
