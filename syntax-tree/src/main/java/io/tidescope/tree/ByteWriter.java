package io.tidescope.tree;

import java.util.Arrays;

/**
 * A growing byte array that numbers are written to; see {@link SyntaxTreeFormat} for their form.
 */
final class ByteWriter {
    private byte[] bytes;
    private int size;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    void single(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void fixed(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            single(value >>> shift);
        }
    }

    void varint(int value) {
        room(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void zigzag(int value) {
        varint(zigzagged(value));
    }

    void bytes(byte[] source) {
        bytes(source, source.length);
    }

    void bytes(byte[] source, int length) {
        room(length);
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    byte[] toArray() {
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
