package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A cursor over what {@link ByteWriter} wrote; refuses to run off the end with CORRUPT. */
final class ByteReader {
    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Where the cursor stands in the bytes. */
    int at() {
        return at;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    int single() {
        require(1);
        return bytes[at++];
    }

    long varlong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = single();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw corrupt("a number has no end");
    }

    long fixed() {
        require(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | bytes[at++] & 0xFF;
        }
        return value;
    }

    int varint() {
        long value = varlong();
        if (value != (int) value) {
            throw corrupt("a number is too large");
        }
        return (int) value;
    }

    /** A number of things that take at least a byte each, which bounds it. */
    int count() {
        int count = varint();
        require(count);
        return count;
    }

    String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] sized() {
        return raw(count());
    }

    void skip(int length) {
        require(length);
        at += length;
    }

    byte[] raw(int length) {
        require(length);
        byte[] part = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return part;
    }

    <E extends Enum<E>> E constant(E[] values) {
        return constant(values, single());
    }

    <E extends Enum<E>> E constant(E[] values, int ordinal) {
        if (ordinal < 0 || ordinal >= values.length) {
            throw corrupt("constant " + ordinal + " is unknown");
        }
        return values[ordinal];
    }

    /** Refuses bytes behind what was read. */
    void end() {
        if (hasMore()) {
            throw corrupt("there are bytes behind the value");
        }
    }

    private void require(int length) {
        if (length < 0 || length > bytes.length - at) {
            throw corrupt("the value ends early");
        }
    }

    private TideScopeException corrupt(String what) {
        return new TideScopeException(
                ErrorCode.CORRUPT,
                "a stored value of %d bytes is damaged at byte %d: %s; the partition has to be rebuilt"
                        .formatted(bytes.length, at, what));
    }
}
