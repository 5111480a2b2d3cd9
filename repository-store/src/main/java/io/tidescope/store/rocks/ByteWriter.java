package io.tidescope.store.rocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array that stored values are written to.
 *
 * <p>A varint is seven bits to a byte, the lowest first, the high bit set on all bytes but the
 * last; a text is its length in UTF-8 bytes as a varint, and the bytes.
 */
final class ByteWriter {
    private byte[] bytes;
    private int size;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Begins again with nothing. */
    void clear() {
        size = 0;
    }

    ByteWriter single(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteWriter varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    ByteWriter text(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The length as a varint, and the bytes. */
    ByteWriter sized(byte[] value) {
        return varint(value.length).raw(value);
    }

    ByteWriter raw(byte[] value) {
        return raw(value, 0, value.length);
    }

    ByteWriter raw(byte[] array, int start, int length) {
        room(length);
        System.arraycopy(array, start, bytes, size, length);
        size += length;
        return this;
    }

    /** Eight bytes, the highest first. */
    ByteWriter fixed(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Four bytes, the lowest first, over what stands at an index. */
    void fixedAt(int index, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[index + i] = (byte) (value >>> (8 * i));
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int needed) {
        if (bytes.length - size < needed) {
            bytes = Arrays.copyOf(bytes, bytes.length + Math.max(bytes.length, needed));
        }
    }
}
