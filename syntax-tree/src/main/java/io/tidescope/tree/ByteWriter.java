package io.tidescope.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array that trees and indexes are written to. Fixed numbers have their highest byte
 * first; a varint is seven bits to a byte, the lowest first, the high bit set on all bytes but the
 * last; a text is its length in UTF-8 bytes as a varint, and the bytes.
 */
public final class ByteWriter {
    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Bytes written. */
    public int size() {
        return size;
    }

    /** Begins again with nothing. */
    public void clear() {
        size = 0;
    }

    public void single(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Four bytes. */
    public void fixed(int value) {
        room(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Eight bytes. */
    public void fixed(long value) {
        fixed((int) (value >>> Integer.SIZE));
        fixed((int) value);
    }

    public void varint(int value) {
        room(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void varlong(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A varint of {@code (value << 1) ^ (value >> 31)}, short for what is near zero. */
    public void zigzag(int value) {
        varint(zigzagged(value));
    }

    public void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        bytes(utf8);
    }

    public void bytes(byte[] source) {
        bytes(source, source.length);
    }

    public void bytes(byte[] source, int length) {
        bytes(source, 0, length);
    }

    public void bytes(byte[] source, int start, int length) {
        room(length);
        System.arraycopy(source, start, bytes, size, length);
        size += length;
    }

    /** What another has written. */
    public void bytes(ByteWriter other) {
        bytes(other.bytes, other.size);
    }

    /** Four bytes over what stands at an index. */
    public void fixedAt(int index, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[index + i] = (byte) (value >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
        }
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    static int zigzagged(int value) {
        return (value << 1) ^ (value >> 31);
    }

    private void room(int needed) {
        if (bytes.length - size < needed) {
            bytes = Arrays.copyOf(bytes, bytes.length + Math.max(bytes.length >> 1, needed));
        }
    }
}
