package io.tidescope.query.api;

import io.tidescope.store.query.SourceLines;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pieces of JSON as UTF-8, one behind the other, for what there is so much of that it has to be
 * fast.
 */
final class JsonBytes {
    /** Bytes that a UTF-16 unit takes at most, as an escape. */
    private static final int MAX_BYTES_PER_UNIT = 6;

    private static final int MAX_DIGITS = 10;
    private static final int QUOTES = 2;

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONE = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /**
     * @param size bytes to make room for at first
     */
    JsonBytes(int size) {
        bytes = new byte[size];
    }

    /** JSON as it is written. */
    static byte[] raw(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that were written so far. */
    int length() {
        return length;
    }

    void write(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
    }

    void write(int number) {
        if (number < 0) {
            throw new IllegalArgumentException(Integer.toString(number));
        }
        reserve(MAX_DIGITS);
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** A text between quotes. Half of a character becomes a question mark. */
    void write(String text) {
        reserve(text.length() * MAX_BYTES_PER_UNIT + QUOTES);
        bytes[length++] = '"';
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
                at++;
            } else {
                at += other(text.codePointAt(at));
            }
        }
        bytes[length++] = '"';
    }

    /**
     * A text between quotes, as {@link #write(String)} writes it, from its UTF-8.
     *
     * @param most at most so many UTF-16 units of it
     */
    void write(byte[] utf8, int start, int end, int most) {
        int before = length;
        int stop = Math.min(end, start + most);
        // Whole words are written, of which the end may be too much.
        reserve((stop - start) * MAX_BYTES_PER_UNIT + QUOTES + Long.BYTES);
        bytes[length++] = '"';
        int at = start;
        while (at <= utf8.length - Long.BYTES) {
            long eight = (long) EIGHT.get(utf8, at);
            int few = stop - at;
            if (few <= 0) {
                break;
            }
            if (few < Long.BYTES) {
                // What stands behind is of no interest: as if nothing there had to be escaped.
                long wanted = -1L >>> Long.SIZE - few * Byte.SIZE;
                eight = eight & wanted | ONE * 'x' & ~wanted;
            }
            if (isPlain(eight)) {
                EIGHT.set(bytes, length, eight);
                int taken = Math.min(few, Long.BYTES);
                length += taken;
                at += taken;
            } else if (!write(utf8, at, Math.min(stop, at + Long.BYTES))) {
                length = before;
                write(SourceLines.text(utf8, start, end, most));
                return;
            } else {
                at = Math.min(stop, at + Long.BYTES);
            }
        }
        if (!write(utf8, at, stop)) {
            length = before;
            write(SourceLines.text(utf8, start, end, most));
            return;
        }
        bytes[length++] = '"';
    }

    /** Writes ASCII one by one; false when it is none. */
    private boolean write(byte[] utf8, int start, int stop) {
        for (int at = start; at < stop; at++) {
            byte c = utf8[at];
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                bytes[length++] = c;
            } else if (c < 0) {
                return false;
            } else {
                other(c);
            }
        }
        return true;
    }

    /** Whether eight bytes are ASCII that is written as it is. */
    private static boolean isPlain(long eight) {
        // The highest bit of a byte below what is taken off it is set then; it borrows from bytes
        // that this makes look like one, but never from one that is.
        long special =
                eight
                        | (eight - ONE * ' ')
                        | ((eight ^ ONE * '"') - ONE)
                        | ((eight ^ ONE * '\\') - ONE)
                        | ((eight ^ ONE * 0x7F) - ONE);
        return (special & HIGHEST) == 0;
    }

    /** Writes a character that is not one byte; returns how many UTF-16 units it is. */
    private int other(int c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c < ' ' || c == 0x7F) {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[c >> 4];
            bytes[length++] = HEX[c & 0xF];
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | c >> 6);
            continuation(c);
        } else if (Character.isBmpCodePoint(c)) {
            if (Character.isSurrogate((char) c)) {
                bytes[length++] = '?';
                return 1;
            }
            bytes[length++] = (byte) (0xE0 | c >> 12);
            continuation(c >> 6);
            continuation(c);
        } else {
            bytes[length++] = (byte) (0xF0 | c >> 18);
            continuation(c >> 12);
            continuation(c >> 6);
            continuation(c);
        }
        return Character.charCount(c);
    }

    private void continuation(int bits) {
        bytes[length++] = (byte) (0x80 | bits & 0x3F);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Hands on what is between two lengths that it had. */
    void writeTo(OutputStream out, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
    }
}
