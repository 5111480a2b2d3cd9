package io.tidescope.store.rocks;

import java.util.Arrays;

/** Comparing and making places between stored keys, which are ordered byte by byte. */
final class Keys {
    private Keys() {}

    static boolean beginsWith(byte[] key, byte[] beginning) {
        return key.length >= beginning.length
                && Arrays.equals(key, 0, beginning.length, beginning, 0, beginning.length);
    }

    static byte[] concat(byte[] key, byte[] end) {
        byte[] longer = Arrays.copyOf(key, key.length + end.length);
        System.arraycopy(end, 0, longer, key.length, end.length);
        return longer;
    }

    /** A key that ends with a number in four bytes, the highest first. */
    static byte[] withNumber(byte[] beginning, int number) {
        byte[] key = Arrays.copyOf(beginning, beginning.length + Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            key[beginning.length + i] = (byte) (number >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
        }
        return key;
    }

    /** The number that a key ends with. */
    static int number(byte[] key) {
        int number = 0;
        for (int i = key.length - Integer.BYTES; i < key.length; i++) {
            number = number << Byte.SIZE | key[i] & 0xFF;
        }
        return number;
    }

    /** The place behind all keys that begin with bytes of which the last is a NUL. */
    static byte[] behind(byte[] beginning) {
        byte[] place = beginning.clone();
        place[place.length - 1] = 1;
        return place;
    }

    /** The place behind all keys that continue the first part of a key with a NUL. */
    static byte[] behindPart(byte[] key, int length) {
        byte[] place = Arrays.copyOf(key, length + 1);
        place[length] = 1;
        return place;
    }

    /**
     * The index of the NUL behind the part that starts at an index; the key's end behind the last.
     */
    static int partEnd(byte[] key, int start) {
        int end = start;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        return end;
    }

    /** What the keys of a document's ref begin with: {@code repository NUL ref NUL}. */
    static byte[] ref(byte[] document) {
        int end = partEnd(document, partEnd(document, 0) + 1);
        return Arrays.copyOf(document, end + 1);
    }
}
