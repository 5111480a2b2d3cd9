package io.tidescope.query.api;

import io.tidescope.tree.LineIndex;

/**
 * A range of a source. Lines and columns count from 1, columns in UTF-16 units; the end column is
 * the first behind the range.
 */
public record SourceRange(int line, int column, int endLine, int endColumn) {
    /**
     * @param start byte offset of the first byte
     * @param end byte offset after the last byte
     */
    static SourceRange of(LineIndex lines, int start, int end) {
        return new SourceRange(
                lines.line(start), lines.column(start), lines.line(end), lines.column(end));
    }
}
