package io.tidescope.store.naive;

import com.github.javaparser.Position;
import com.github.javaparser.Range;

/** Places in a file, as text; the end is behind the last character. */
public final class Places {
    /** For a list without elements. */
    public static final String NOTHING = "nothing";

    private Places() {}

    static String of(Range range) {
        return of(range, range);
    }

    static String of(Range first, Range last) {
        return of(first.begin.line, first.begin.column, last.end.line, last.end.column + 1);
    }

    /** A place from one character to behind another. */
    public static String of(int line, int column, int endLine, int endColumn) {
        return line == endLine && column == endColumn
                ? NOTHING
                : "%d:%d-%d:%d".formatted(line, column, endLine, endColumn);
    }

    /** The index of a character in a source. */
    static int index(String source, Position position) {
        int line = 0;
        for (int i = 1; i < position.line; i++) {
            line = source.indexOf('\n', line) + 1;
        }
        return line + position.column - 1;
    }

    /** Of the value of a literal, or of a name that is a node of its own. */
    static String ofText(Code owner) {
        Range range = owner.range();
        if (owner.is("StringLiteralExpr")) {
            return of(range.begin.line, range.begin.column + 1, range.end.line, range.end.column);
        }
        int length = owner.text() == null ? 0 : owner.text().length();
        return of(
                range.end.line,
                range.end.column - length + 1,
                range.end.line,
                range.end.column + 1);
    }
}
