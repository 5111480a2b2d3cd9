package io.tidescope.query.api;

import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.StructureHit;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A match as it is written.
 *
 * @param text the line it starts on
 * @param captures what the holes stand for, by name
 */
record StructureItem(
        String repository,
        String ref,
        String path,
        SourceRange range,
        String text,
        SortedMap<String, CaptureItem> captures) {
    /** What a hole stands for, as it is written. */
    record CaptureItem(String text, SourceRange range) {}

    static StructureItem of(StructureHit hit) {
        OccurrencePlace place = hit.place().start();
        SortedMap<String, CaptureItem> captures = new TreeMap<>();
        hit.captures()
                .forEach(
                        (name, captured) ->
                                captures.put(
                                        name,
                                        new CaptureItem(captured.text(), range(captured.range()))));
        return new StructureItem(
                place.repository(),
                place.ref(),
                place.path(),
                range(hit.range()),
                hit.text(),
                captures);
    }

    private static SourceRange range(StructureHit.Range range) {
        return new SourceRange(range.line(), range.column(), range.endLine(), range.endColumn());
    }
}
