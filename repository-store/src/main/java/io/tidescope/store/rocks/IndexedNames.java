package io.tidescope.store.rocks;

import java.util.ArrayList;
import java.util.List;

/**
 * The names a document is indexed under: what has to go when the document does, kept so that it
 * does not depend on how names are found in trees.
 *
 * <p>Bytes: for each name {@code (2 × length of its UTF-8 bytes + (1 if it has definitions))
 * varint, its bytes}.
 */
final class IndexedNames {
    private IndexedNames() {}

    /** A name, and whether the document defines it; otherwise it only occurs there. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Name(byte[] bytes, boolean defined) {}

    static byte[] toBytes(List<DocumentIndex.Entry> entries) {
        ByteWriter writer = new ByteWriter(16 * entries.size());
        for (DocumentIndex.Entry entry : entries) {
            byte[] name = entry.name();
            writer.varint(2L * name.length + (entry.definitions() == null ? 0 : 1)).raw(name);
        }
        return writer.toArray();
    }

    static List<Name> read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        List<Name> names = new ArrayList<>();
        while (reader.hasMore()) {
            int header = reader.varint();
            names.add(new Name(reader.raw(header >>> 1), (header & 1) != 0));
        }
        return names;
    }
}
