package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.match.Match;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A match in a document.
 *
 * @param text the line it starts on, cut as an {@link OccurrenceHit}'s is
 * @param captures what the holes stand for, by name
 */
public record StructureHit(
        StructurePlace place, Range range, String text, SortedMap<String, Captured> captures)
        implements StructureFinding {
    /** UTF-16 units of what a hole stands for. */
    public static final int MAX_CAPTURED_TEXT = 1000;

    /**
     * A range of a source. Lines and columns count from 1, columns in UTF-16 units; the end column
     * is the first behind the range.
     */
    public record Range(int line, int column, int endLine, int endColumn) {
        static Range of(LineIndex lines, int start, int end) {
            int line = lines.line(start);
            int endLine = end < lines.lineEnd(line) ? line : lines.line(end);
            return new Range(line, lines.column(start, line), endLine, lines.column(end, endLine));
        }
    }

    /**
     * What a hole stands for.
     *
     * @param text as it is written, at most {@link #MAX_CAPTURED_TEXT} of it
     */
    public record Captured(String text, Range range) {}

    public static StructurePlace place(DocumentKey document, Match match) {
        OccurrencePlace start =
                new OccurrencePlace(
                        document.repository(), document.ref(), document.path(), match.start());
        return new StructurePlace(start, match.node());
    }

    public static StructureHit of(DocumentKey document, Match match, SourceLines lines) {
        SortedMap<String, Captured> captures = new TreeMap<>();
        match.captures()
                .forEach(
                        (name, capture) ->
                                captures.put(
                                        name, captured(capture.start(), capture.end(), lines)));
        Range range = Range.of(lines.index(), match.start(), match.end());
        return new StructureHit(
                place(document, match),
                range,
                lines.line(range.line(), OccurrenceHit.MAX_TEXT),
                Collections.unmodifiableSortedMap(captures));
    }

    /** UTF-16 units of its line and of what its holes stand for. */
    public int textLength() {
        int length = text.length();
        for (Captured captured : captures.values()) {
            length += captured.text().length();
        }
        return length;
    }

    private static Captured captured(int start, int end, SourceLines lines) {
        return new Captured(
                lines.text(start, end, MAX_CAPTURED_TEXT), Range.of(lines.index(), start, end));
    }
}
