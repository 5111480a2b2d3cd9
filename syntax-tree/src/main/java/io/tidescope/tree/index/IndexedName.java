package io.tidescope.tree.index;

import java.nio.charset.StandardCharsets;

/** Which names are indexed: no longer ones than keys should be, and none with a NUL. */
public final class IndexedName {
    /** Names longer than this, in UTF-8 bytes, are not indexed. */
    public static final int MAX_BYTES = 1024;

    private IndexedName() {}

    public static boolean accepts(String name) {
        return name.length() <= MAX_BYTES && accepts(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a name in UTF-8 is indexed. */
    static boolean accepts(byte[] name) {
        return name.length > 0 && name.length <= MAX_BYTES && firstNul(name) == name.length;
    }

    /** The index of the first NUL; the length when there is none. */
    static int firstNul(byte[] text) {
        int at = 0;
        while (at < text.length && text[at] != 0) {
            at++;
        }
        return at;
    }
}
