package io.tidescope.parser.parse;

import com.github.javaparser.Position;
import com.github.javaparser.Range;

import io.tidescope.tree.LineIndex;
import io.tidescope.tree.Positions;

/** Byte offsets in a source from JavaParser's lines and columns, in constant time. */
final class SourcePositions {
    /** What a position outside of the source is at. */
    static final int NOWHERE = -1;

    private static final int[] IDENTITY = new int[0];

    private final byte[] source;
    private final int[] lineStarts;
    private final int[] offsets;
    private final int units;
    private final boolean whole;

    /**
     * @param lineStarts the UTF-16 unit that each line starts with, and the number of units
     * @param offsets byte offset of each unit; of a low surrogate that of its character's last
     *     byte; {@link #IDENTITY} when each unit is a byte
     * @param whole whether the units are those of the source, none left out
     */
    private SourcePositions(byte[] source, int[] lineStarts, int[] offsets, boolean whole) {
        this.source = source;
        this.lineStarts = lineStarts;
        this.offsets = offsets;
        this.units = lineStarts[lineStarts.length - 1];
        this.whole = whole;
    }

    /**
     * For JavaParser's positions in the source itself.
     *
     * @param source UTF-8
     * @param text the source decoded
     * @param lines of the source
     */
    static SourcePositions of(byte[] source, String text, LineIndex lines) {
        int[] starts = new int[lines.lineCount() + 1];
        boolean ascii = text.length() == source.length;
        int[] offsets = ascii ? IDENTITY : offsets(source, text.length());
        int unit = 0;
        for (int line = 1; line <= lines.lineCount(); line++) {
            int start = lines.lineStart(line);
            while (!ascii && unit < offsets.length && offsets[unit] < start) {
                unit++;
            }
            starts[line - 1] = ascii ? start : unit;
        }
        starts[lines.lineCount()] = text.length();
        return new SourcePositions(source, starts, offsets, true);
    }

    /**
     * For JavaParser's positions in parts of the source.
     *
     * @param lineStarts the unit of the parts that each line starts with, and the number of units
     * @param offsets where each unit of the parts stands in the source
     */
    static SourcePositions ofParts(byte[] source, int[] lineStarts, int[] offsets) {
        return new SourcePositions(source, lineStarts, offsets, false);
    }

    /** Byte offset of the character there. */
    int start(Position position) {
        int unit = unit(position);
        return unit < 0 ? NOWHERE : offset(unit);
    }

    /** Byte offset after the character there. */
    int end(Position position) {
        int unit = unit(position);
        if (unit < 0) {
            return NOWHERE;
        }
        int start = offset(unit);
        return start + length(source[start]);
    }

    /**
     * Lines and columns of a range that is none of the source's.
     *
     * @throws NotPlainException when they are not those of the whole source
     */
    Positions outside(Range range) {
        if (!whole) {
            throw new NotPlainException();
        }
        return new Positions(
                range.begin.line, range.begin.column, range.end.line, range.end.column);
    }

    private int offset(int unit) {
        return offsets == IDENTITY ? unit : offsets[unit];
    }

    private int unit(Position position) {
        int line = position.line;
        if (line < 1 || line >= lineStarts.length || position.column < 1) {
            return NOWHERE;
        }
        int unit = lineStarts[line - 1] + position.column - 1;
        return unit < lineStarts[line] && unit < units ? unit : NOWHERE;
    }

    private static int[] offsets(byte[] source, int units) {
        int[] offsets = new int[units];
        int unit = 0;
        for (int at = 0; at < source.length; at += length(source[at])) {
            offsets[unit++] = at;
            if (length(source[at]) == 4) {
                offsets[unit++] = at + 3;
            }
        }
        return offsets;
    }

    /** Bytes of the character with this first byte; to the end of the character from its last. */
    private static int length(byte b) {
        if (b >= 0 || (b & 0xC0) == 0x80) {
            return 1;
        }
        if ((b & 0xE0) == 0xC0) {
            return 2;
        }
        return (b & 0xF0) == 0xE0 ? 3 : 4;
    }
}
