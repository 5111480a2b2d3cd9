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
    public IndexExtent {
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
        read = Collections.unmodifiableSortedMap(new TreeMap<>(read));
    }

    /**
     * Whether this index has made documents of every change that the other one has. The documents
     * themselves tell, for when parsers say that they have come to a change its document may not be
     * visible yet; that parsers have read as far is asked as well, for documents of an old version
     * do not tell.
     */
    public boolean covers(IndexExtent other) {
        for (Map.Entry<Integer, Last> each : other.documents.entrySet()) {
            Last last = documents.get(each.getKey());
            if (each.getValue().change() >= 0
                    && (last == null || last.change() < each.getValue().change())) {
                return false;
            }
        }
        for (Map.Entry<Integer, Long> each : other.read.entrySet()) {
            Long come = read.get(each.getKey());
            if (come == null || come < each.getValue()) {
                return false;
            }
        }
        return true;
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
