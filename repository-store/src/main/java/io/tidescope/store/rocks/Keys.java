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

    /** The place behind all keys that continue the first part of a key with a NUL. */
    static byte[] behindPart(byte[] key, int length) {
        byte[] place = Arrays.copyOf(key, length + 1);
        place[length] = 1;
        return place;
    }
}
