package io.tidescope.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over bytes that {@link ByteWriter} wrote. Bytes that end early end it by {@link
 * IndexOutOfBoundsException}, or are read on into what follows; whoever reads what may be damaged
 * compares a checksum first.
 */
public final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteReader(byte[] bytes, int at) {
        this(bytes, at, bytes.length);
    }

    public ByteReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /** Where the cursor stands in the bytes. */
    public int at() {
        return at;
    }

    public boolean hasMore() {
        return at < end;
    }

    public byte single() {
        return bytes[at++];
    }

    public int fixed() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    public long fixedLong() {
        return ((long) fixed() << Integer.SIZE) | (fixed() & 0xFFFF_FFFFL);
    }

    public int varint() {
        int b = bytes[at++];
        if (b >= 0) {
            return b;
        }
        int value = b & 0x7F;
        for (int shift = 7; ; shift += 7) {
            b = bytes[at++];
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    public long varlong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedTreeException("a number has no end");
    }

    /** A number of things that take at least a byte each, which bounds it. */
    public int count() {
        int count = varint();
        if (count < 0 || count > end - at) {
            throw new MalformedTreeException(
                    count + " elements announced, " + (end - at) + " bytes left");
        }
        return count;
    }

    public int zigzag() {
        return unzigzagged(varint());
    }

    public String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public void bytes(byte[] target, int length) {
        System.arraycopy(bytes, at, target, 0, length);
        at += length;
    }

    /** A copy of that many bytes. */
    public byte[] bytes(int length) {
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public void skip(int length) {
        at += length;
    }

    /** A second cursor, behind that many varints from here. */
    ByteReader behindVarints(int count) {
        int left = count;
        int behind = at;
        while (left > 0) {
            if (bytes[behind++] >= 0) {
                left--;
            }
        }
        return new ByteReader(bytes, behind);
    }

    void moveTo(ByteReader other) {
        at = other.at;
    }

    static int unzigzagged(int value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
