package io.tidescope.store.rocks;

/**
 * The number that postings know a document of a ref by. A document has one from the write that
 * brings its content to the next that does, or to the one that removes it.
 *
 * <p>Documents that come in one write have numbers one behind the other, from a block that nobody
 * has used; {@value #BLOCK} make a block, and the postings of a name in a block are one value. So
 * what is written together is found together, and an import writes few keys.
 *
 * <p>Bytes of a key in {@link Family#NUMBERS}: {@code repository NUL ref NUL number (4 bytes,
 * highest first)}.
 */
final class DocumentNumber {
    static final int BLOCK = 256;

    /** The last block; a write has room in it for some more. */
    static final int MAX_BLOCK = (1 << 24) - 4096;

    private static final int BLOCK_BITS = Integer.numberOfTrailingZeros(BLOCK);

    private DocumentNumber() {}

    static int of(int block, int slot) {
        return block << BLOCK_BITS | slot;
    }

    static int block(int number) {
        return number >>> BLOCK_BITS;
    }

    static int slot(int number) {
        return number & BLOCK - 1;
    }

    /**
     * @param ref the bytes that keys of the ref begin with, see {@link Keys#ref}
     */
    static byte[] key(byte[] ref, int number) {
        return Keys.withNumber(ref, number);
    }

    /** The number that a key is of. */
    static int read(byte[] key) {
        return Keys.number(key);
    }
}
