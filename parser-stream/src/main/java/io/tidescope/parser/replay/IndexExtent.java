package io.tidescope.parser.replay;

import io.tidescope.parser.stream.DocumentsEnd.Last;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far an index has come in the log.
 *
 * @param documents the last document of each partition
 * @param read up to which change of {@code file-changes} parsers have come, by partition; those
 *     that they have not begun are missing
 */
public record IndexExtent(SortedMap<Integer, Last> documents, SortedMap<Integer, Long> read) {
    /** The mark that ends a transaction takes one offset. */
    private static final long MARK = 1;

    public IndexExtent {
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
        read = Collections.unmodifiableSortedMap(new TreeMap<>(read));
    }

    /**
     * Whether this index has made documents of every change that the other one has. The documents
     * themselves tell: when parsers say that they have come to a change, its document may not be
     * visible yet, and where they stand at the mark that ends a transaction, only one of them may
     * have counted it. Parsers are asked only where a document of an old version does not tell.
     */
    public boolean covers(IndexExtent other) {
        return other.documents.entrySet().stream()
                .allMatch(each -> covers(each.getKey(), each.getValue(), other));
    }

    private boolean covers(int partition, Last there, IndexExtent other) {
        if (there.offset() < 0) {
            return true;
        }
        if (there.change() < 0) {
            return read.getOrDefault(partition, 0L) + MARK
                    >= other.read.getOrDefault(partition, 0L);
        }
        Last last = documents.get(partition);
        return last != null && last.change() >= there.change();
    }

    /**
     * Whether a store of this index holds all of its documents.
     *
     * @param positions offset of the last document that was applied, by partition; -1 for none
     */
    public boolean isAppliedAt(Map<Integer, Long> positions) {
        return documents.entrySet().stream()
                .allMatch(
                        each -> {
                            Long position = positions.get(each.getKey());
                            return position != null && position >= each.getValue().offset();
                        });
    }
}
