package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

/**
 * Goes over what the documents of a block say about a name.
 *
 * <p>Bytes: for each document, by its place in the block, {@code slot (1 byte), length varint,
 * posting}.
 */
final class Postings {
    private final byte[] bytes;
    private final ByteReader reader;
    private int slot;
    private int start;
    private int end;

    Postings(byte[] bytes) {
        this.bytes = bytes;
        reader = new ByteReader(bytes);
    }

    static void write(ByteWriter writer, int slot, byte[] array, int start, int end) {
        writer.single(slot).varint(end - start).raw(array, start, end - start);
    }

    /** The documents of which there are postings. */
    static Slots slots(byte[] bytes) {
        Slots slots = new Slots();
        Postings postings = new Postings(bytes);
        while (postings.next()) {
            slots.add(postings.slot());
        }
        return slots;
    }

    /**
     * Those of all documents but some, which may leave no bytes.
     *
     * @throws TideScopeException CORRUPT when one of them has none
     */
    static byte[] without(byte[] bytes, Slots gone) {
        ByteWriter rest = new ByteWriter(bytes.length);
        Postings postings = new Postings(bytes);
        int found = 0;
        while (postings.next()) {
            if (gone.contains(postings.slot())) {
                found++;
            } else {
                write(rest, postings.slot(), bytes, postings.start(), postings.end());
            }
        }
        if (found != gone.size()) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "of %d postings of documents that go, only %d are there"
                            .formatted(gone.size(), found));
        }
        return rest.toArray();
    }

    /** Moves to the next document's posting; false when there is none. */
    boolean next() {
        if (!reader.hasMore()) {
            return false;
        }
        slot = reader.single() & 0xFF;
        int length = reader.count();
        start = reader.at();
        end = start + length;
        reader.skip(length);
        return true;
    }

    /** Moves to a document's posting from here on; false when it has none. */
    boolean find(int wanted) {
        while (next()) {
            if (slot == wanted) {
                return true;
            }
        }
        return false;
    }

    int slot() {
        return slot;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the posting begins. */
    int start() {
        return start;
    }

    /** Where it ends. */
    int end() {
        return end;
    }
}
