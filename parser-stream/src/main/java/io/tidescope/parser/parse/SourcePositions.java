package io.tidescope.parser.parse;

import com.github.javaparser.Position;

import io.tidescope.tree.LineIndex;

/** Byte offsets in a source from JavaParser's lines and columns, in constant time. */
final class SourcePositions {
    /** What a position outside of the source is at. */
    static final int NOWHERE = -1;

    private final int[] lineStarts;
    private final int[] byteOffsets;
    private final int units;

    private SourcePositions(int[] lineStarts, int[] byteOffsets, int units) {
        this.lineStarts = lineStarts;
        this.byteOffsets = byteOffsets;
        this.units = units;
    }

    /**
     * @param text the source decoded
     * @param lines of the source
     * @param bytes length of the source
     */
    static SourcePositions of(String text, LineIndex lines, int bytes) {
        int[] starts = new int[lines.lineCount() + 1];
        boolean ascii = text.length() == bytes;
        int[] offsets = ascii ? new int[0] : byteOffsets(text);
        int unit = 0;
        for (int line = 1; line <= lines.lineCount(); line++) {
            int start = lines.lineStart(line);
            while (!ascii && offsets[unit] < start) {
                unit++;
            }
            starts[line - 1] = ascii ? start : unit;
        }
        starts[lines.lineCount()] = text.length();
        return new SourcePositions(starts, offsets, text.length());
    }

    /** Byte offset of the character there. */
    int start(Position position) {
        int unit = unit(position);
        return unit < 0 || unit >= units ? NOWHERE : offset(unit);
    }

    /** Byte offset after the character there. */
    int end(Position position) {
        int unit = unit(position);
        return unit < 0 || unit >= units ? NOWHERE : offset(unit + 1);
    }

    private int offset(int unit) {
        return byteOffsets.length == 0 ? unit : byteOffsets[unit];
    }

    private int unit(Position position) {
        int line = position.line;
        if (line < 1 || line >= lineStarts.length || position.column < 1) {
            return NOWHERE;
        }
        int unit = lineStarts[line - 1] + position.column - 1;
        return unit < lineStarts[line] ? unit : NOWHERE;
    }

    /** The byte offset of each UTF-16 unit; of a low surrogate, that behind its character. */
    private static int[] byteOffsets(String text) {
        int[] offsets = new int[text.length() + 1];
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            offsets[i] = at;
            char c = text.charAt(i);
            if (c < 0x80) {
                at += 1;
            } else if (c < 0x800) {
                at += 2;
            } else if (Character.isHighSurrogate(c)) {
                at += 4;
            } else if (!Character.isLowSurrogate(c)) {
                at += 3;
            }
        }
        offsets[text.length()] = at;
        return offsets;
    }
}
