package io.tidescope.tree;

/** A cursor over bytes that {@link ByteWriter} wrote. Runs off their end by exception. */
final class ByteReader {
    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    byte single() {
        return bytes[at++];
    }

    int fixed() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    int varint() {
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

    /** A number of things that take at least a byte each, which bounds it. */
    int count() {
        int count = varint();
        if (count < 0 || count > bytes.length - at) {
            throw new MalformedTreeException(
                    count + " elements announced, " + (bytes.length - at) + " bytes left");
        }
        return count;
    }

    int zigzag() {
        return unzigzagged(varint());
    }

    void bytes(byte[] target, int length) {
        System.arraycopy(bytes, at, target, 0, length);
        at += length;
    }

    /** A second cursor, behind that many varints from here. */
    ByteReader behindVarints(int count) {
        int left = count;
        int end = at;
        while (left > 0) {
            if (bytes[end++] >= 0) {
                left--;
            }
        }
        return new ByteReader(bytes, end);
    }

    void moveTo(ByteReader other) {
        at = other.at;
    }

    static int unzigzagged(int value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
