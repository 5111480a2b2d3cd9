package io.tidescope.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Lines and columns of a source, from its byte offsets. Lines and columns count from 1; columns are
 * in UTF-16 units. A line ends with {@code \n}, {@code \r} or {@code \r\n}, as JavaParser counts
 * them. Every question takes about the same time, however long the lines are. Immutable.
 */
public final class LineIndex {
    /** Bytes between two places at which the units before are known. */
    private static final int STEP = 1024;

    /** Lines that are tried one by one. */
    private static final int NEXT_LINES = 8;

    private static final int[] ASCII = new int[0];

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
    private static final long RETURNS = 0x0D0D0D0D0D0D0D0DL;
    private static final long NOT_ASCII = 0x8080808080808080L;

    private final byte[] source;
    private final int[] starts;

    /** UTF-16 units before every {@link #STEP} bytes; {@link #ASCII} when each byte is one. */
    private final int[] unitsBefore;

    private LineIndex(byte[] source, int[] starts, int[] unitsBefore) {
        this.source = source;
        this.starts = starts;
        this.unitsBefore = unitsBefore;
    }

    /**
     * @param source UTF-8, not changed while the index is in use
     */
    public static LineIndex of(byte[] source) {
        int[] starts = new int[16 + source.length / 32];
        int lines = 1;
        long bits = 0;
        int at = 0;
        while (at < source.length) {
            if (lines + Long.BYTES > starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            int end = Math.min(at + Long.BYTES, source.length);
            long eight = end - at == Long.BYTES ? (long) EIGHT.get(source, at) : RETURNS;
            if (equalBytes(eight, RETURNS) == 0) {
                bits |= eight;
                for (long ends = equalBytes(eight, NEWLINES); ends != 0; ends &= ends - 1) {
                    starts[lines++] = at + Long.numberOfTrailingZeros(ends) / Byte.SIZE + 1;
                }
                at = end;
            }
            for (; at < end; at++) {
                byte b = source[at];
                bits |= b;
                if (b == '\n'
                        || (b == '\r' && (at + 1 == source.length || source[at + 1] != '\n'))) {
                    starts[lines++] = at + 1;
                }
            }
        }
        return new LineIndex(
                source,
                Arrays.copyOf(starts, lines),
                (bits & NOT_ASCII) == 0 ? ASCII : unitsBefore(source));
    }

    /** The highest bit of each of eight bytes that are the same in both. */
    private static long equalBytes(long eight, long other) {
        long difference = eight ^ other;
        return ~(((difference & ~NOT_ASCII) + ~NOT_ASCII) | difference) & NOT_ASCII;
    }

    private static int[] unitsBefore(byte[] source) {
        int[] before = new int[source.length / STEP + 1];
        int units = 0;
        for (int i = 0; i < source.length; i++) {
            if (i % STEP == 0) {
                before[i / STEP] = units;
            }
            units += utf16Units(source[i]);
        }
        if (source.length % STEP == 0) {
            before[source.length / STEP] = units;
        }
        return before;
    }

    /** Lines; what follows the last line's end counts as one, also when it is empty. */
    public int lineCount() {
        return starts.length;
    }

    /** Byte offset of the first byte of a line. */
    public int lineStart(int line) {
        return starts[line - 1];
    }

    /** Byte offset after a line's last byte, its line end included. */
    public int lineEnd(int line) {
        return line == starts.length ? source.length : starts[line];
    }

    /**
     * @param offset byte offset, from 0 to the source's length
     */
    public int line(int offset) {
        if (offset < 0 || offset > source.length) {
            throw new IndexOutOfBoundsException(
                    "offset " + offset + " in a source of " + source.length + " bytes");
        }
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /**
     * The same as {@link #line(int)}, faster when it is this line or one of the next.
     *
     * @param near a line that it may well be in, or a bit before
     */
    public int line(int offset, int near) {
        if (starts[near - 1] > offset) {
            return line(offset);
        }
        int line = near;
        int last = Math.min(starts.length, near + NEXT_LINES);
        while (line < last && starts[line] <= offset) {
            line++;
        }
        return line < last || line == starts.length && offset <= source.length
                ? line
                : line(offset);
    }

    /**
     * @param offset byte offset of a character, from 0 to the source's length
     */
    public int column(int offset) {
        return column(offset, line(offset));
    }

    /**
     * @param offset byte offset of a character
     * @param line the line that it is in
     */
    public int column(int offset, int line) {
        int start = lineStart(line);
        return 1
                + (unitsBefore == ASCII || offset - start > STEP
                        ? units(offset) - units(start)
                        : units(start, offset));
    }

    /** UTF-16 units of a line, its line end included. */
    public int columns(int line) {
        return units(lineEnd(line)) - units(lineStart(line));
    }

    /**
     * The byte offset of a character, or the end of the line when it has fewer columns.
     *
     * @param line from 1 to {@link #lineCount()}
     * @param column from 1
     */
    public int offset(int line, int column) {
        int start = lineStart(line);
        int end = lineEnd(line);
        long wanted = (long) units(start) + column - 1;
        if (unitsBefore == ASCII) {
            return (int) Math.min(wanted, end);
        }
        int found = Arrays.binarySearch(unitsBefore, (int) Math.min(wanted, Integer.MAX_VALUE));
        int step = found >= 0 ? found : -found - 2;
        int at = Math.max(start, step * STEP);
        int units = units(at);
        while (at < end && !(units >= wanted && utf16Units(source[at]) > 0)) {
            units += utf16Units(source[at++]);
        }
        return Math.min(at, end);
    }

    /** UTF-16 units of the characters that begin before this byte. */
    private int units(int offset) {
        if (unitsBefore == ASCII) {
            return offset;
        }
        return unitsBefore[offset / STEP] + units(offset - offset % STEP, offset);
    }

    private int units(int from, int to) {
        int units = 0;
        for (int i = from; i < to; i++) {
            units += utf16Units(source[i]);
        }
        return units;
    }

    /** UTF-16 units of the character whose first byte this is; none for a byte further in. */
    private static int utf16Units(byte b) {
        if ((b & 0xC0) == 0x80) {
            return 0;
        }
        return (b & 0xF8) == 0xF0 ? 2 : 1;
    }
}
