package io.tidescope.tree;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * The source of a tree, fetched when it is first needed: much of a search is decided by the kinds
 * of nodes alone. Safe to share between threads.
 */
final class TreeSource {
    private final int length;
    private final int checksum;
    private volatile byte @Nullable [] bytes;

    private TreeSource(int length, int checksum, byte @Nullable [] bytes) {
        this.length = length;
        this.checksum = checksum;
        this.bytes = bytes;
    }

    static TreeSource of(byte[] bytes) {
        return new TreeSource(bytes.length, checksum(bytes), bytes);
    }

    /** A source that is not here yet. */
    static TreeSource elsewhere(int length, int checksum) {
        return new TreeSource(length, checksum, null);
    }

    int length() {
        return length;
    }

    int checksum() {
        return checksum;
    }

    /**
     * @param fetch asked once by one of those who need the bytes, or by several at the same time
     * @throws MalformedTreeException when it is another source that was fetched
     */
    byte[] bytes(Supplier<byte[]> fetch) {
        byte[] known = bytes;
        if (known == null) {
            known = fetch.get();
            if (known.length != length || checksum(known) != checksum) {
                throw new MalformedTreeException(
                        "this syntax tree is of another source than the one of "
                                + known.length
                                + " bytes given with it");
            }
            bytes = known;
        }
        return known;
    }

    static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
