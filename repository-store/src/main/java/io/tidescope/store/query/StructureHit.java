package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.match.Match;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A match in a document, and the lines of its source: what it shows is read off these by whoever
 * needs it, for there are searches with a hundred thousand hits, of which most is only passed on.
 */
public record StructureHit(DocumentKey document, Match match, SourceLines lines)
        implements StructureFinding {
    /** UTF-16 units of what a hole stands for. */
    public static final int MAX_CAPTURED_TEXT = 1000;

    /**
     * A range of a source. Lines and columns count from 1, columns in UTF-16 units; the end column
     * is the first behind the range.
     */
    public record Range(int line, int column, int endLine, int endColumn) {
        /**
         * @param near a line that it may well be in
         */
        public static Range of(LineIndex lines, int start, int end, int near) {
            int line = lines.line(start, near);
            int endLine = lines.line(end, line);
            return new Range(line, lines.column(start, line), endLine, lines.column(end, endLine));
        }
    }

    /**
     * What a hole stands for.
     *
     * @param text as it is written, at most {@link #MAX_CAPTURED_TEXT} of it
     */
    public record Captured(String text, Range range) {}

    @Override
    public StructurePlace place() {
        return StructurePlace.of(document, match);
    }

    /** Where it is. */
    public Range range() {
        return Range.of(lines.index(), match.start(), match.end(), 1);
    }

    /** The line it starts on, cut as an {@link OccurrenceHit}'s is. */
    public String text() {
        return lines.line(range().line(), OccurrenceHit.MAX_TEXT);
    }

    /** What the holes stand for, by name. */
    public SortedMap<String, Captured> captures() {
        SortedMap<String, Captured> captures = new TreeMap<>();
        match.captures()
                .forEach(
                        (name, capture) ->
                                captures.put(name, captured(capture.start(), capture.end())));
        return Collections.unmodifiableSortedMap(captures);
    }

    /**
     * UTF-16 units of its line and of what its holes stand for, about.
     *
     * @param line the line that it starts on
     */
    public int textLength(int line) {
        LineIndex index = lines.index();
        int length = Math.min(index.lineEnd(line) - index.lineStart(line), OccurrenceHit.MAX_TEXT);
        for (Match.Capture capture : match.captures().values()) {
            length += Math.min(capture.end() - capture.start(), MAX_CAPTURED_TEXT);
        }
        return length;
    }

    private Captured captured(int start, int end) {
        return new Captured(
                lines.text(start, end, MAX_CAPTURED_TEXT),
                Range.of(lines.index(), start, end, range().line()));
    }
}
