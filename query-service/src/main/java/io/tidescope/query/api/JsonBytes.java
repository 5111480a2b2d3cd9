package io.tidescope.query.api;

import io.tidescope.store.query.SourceLines;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pieces of JSON as UTF-8, for what there is so much of that it has to be fast. */
final class JsonBytes {
    /** Bytes that a UTF-16 unit takes at most, as an escape. */
    private static final int MAX_BYTES_PER_UNIT = 6;

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONE = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] bytes;
    private int length;

    /**
     * @param out is neither flushed nor closed
     * @param size bytes to write at a time; at least a hundred
     */
    JsonBytes(OutputStream out, int size) {
        this.out = out;
        bytes = new byte[size];
    }

    /** JSON as it is written. */
    static byte[] raw(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    void write(byte[] json) throws IOException {
        if (json.length > bytes.length) {
            flush();
            out.write(json);
            return;
        }
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
    }

    void write(int number) throws IOException {
        if (number < 0) {
            throw new IllegalArgumentException(Integer.toString(number));
        }
        reserve(10);
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
    void write(String text) throws IOException {
        reserve(1);
        bytes[length++] = '"';
        int at = 0;
        while (at < text.length()) {
            reserve(2 * MAX_BYTES_PER_UNIT);
            int end =
                    Math.min(text.length(), at + (bytes.length - length) / MAX_BYTES_PER_UNIT - 1);
            while (at < end) {
                char c = text.charAt(at);
                if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                    bytes[length++] = (byte) c;
                    at++;
                } else {
                    at += other(text.codePointAt(at));
                }
            }
        }
        reserve(1);
        bytes[length++] = '"';
    }

    /**
     * A text between quotes, as {@link #write(String)} writes it, from its UTF-8.
     *
     * @param most at most so many UTF-16 units of it
     */
    void write(byte[] utf8, int start, int end, int most) throws IOException {
        int stop = Math.min(end, start + most);
        if (!isAscii(utf8, start, stop)) {
            write(SourceLines.text(utf8, start, end, most));
            return;
        }
        reserve(1);
        bytes[length++] = '"';
        int at = start;
        while (at < stop) {
            reserve(Long.BYTES * MAX_BYTES_PER_UNIT);
            if (stop - at >= Long.BYTES) {
                long eight = (long) EIGHT.get(utf8, at);
                if (isPlain(eight)) {
                    EIGHT.set(bytes, length, eight);
                    length += Long.BYTES;
                    at += Long.BYTES;
                    continue;
                }
            }
            int few = Math.min(stop, at + Long.BYTES);
            for (; at < few; at++) {
                byte c = utf8[at];
                if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                    bytes[length++] = c;
                } else {
                    other(c);
                }
            }
        }
        reserve(1);
        bytes[length++] = '"';
    }

    private static boolean isAscii(byte[] utf8, int start, int end) {
        int at = start;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (((long) EIGHT.get(utf8, at) & HIGHEST) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (utf8[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether eight bytes of ASCII are written as they are. */
    private static boolean isPlain(long eight) {
        // The highest bit of a byte below what is taken off it is set then; it borrows from bytes
        // that this makes look like one, but never from one that is.
        long special =
                (eight - ONE * ' ')
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

    private void reserve(int more) throws IOException {
        if (length + more > bytes.length) {
            flush();
        }
    }

    /** Hands everything on. */
    void flush() throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }
}
