package io.tidescope.store.rocks;

import java.util.Arrays;

/**
 * Key of what documents say about a name: those of a ref whose {@link DocumentNumber}s are in one
 * block.
 *
 * <p>Bytes: {@code name NUL repository NUL ref NUL block (4 bytes, highest first)}, texts in UTF-8
 * and free of NUL, so that the postings of a name stand together in the order of refs. What follows
 * the name is a block's key.
 */
final class PostingKey {
    private PostingKey() {}

    /**
     * @param ref the bytes that keys of the ref begin with, see {@link Keys#ref}
     */
    static byte[] of(byte[] name, byte[] ref, int block) {
        byte[] beginning = Arrays.copyOf(name, name.length + 1 + ref.length);
        System.arraycopy(ref, 0, beginning, name.length + 1, ref.length);
        return Keys.withNumber(beginning, block);
    }

    /** What all keys of the name, and only they, begin with. */
    static byte[] beginning(byte[] name) {
        return Arrays.copyOf(name, name.length + 1);
    }

    /** Bytes of the name that a key begins with. */
    static int nameLength(byte[] key) {
        return Keys.partEnd(key, 0);
    }

    /** The block of a key, or of a block's key. */
    static int block(byte[] key) {
        return Keys.number(key);
    }

    /** What the keys of documents begin with that a block's key names. */
    static byte[] ref(byte[] block) {
        return Arrays.copyOf(block, block.length - Integer.BYTES);
    }
}
