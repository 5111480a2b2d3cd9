package io.tidescope.store.rocks;

import java.util.ArrayList;
import java.util.List;

/**
 * The names and terms a document is indexed under: what has to go when the document does, kept so
 * that it does not depend on how they are found in trees.
 *
 * <p>Bytes: for each of them {@code (4 × length of its UTF-8 bytes + ordinal of its sort) varint,
 * its bytes}.
 */
final class IndexedNames {
    private static final int SORTS = 4;
    private static final Sort[] VALUES = Sort.values();

    private IndexedNames() {}

    /** What the document is indexed with under a name. */
    enum Sort {
        /** A name that only occurs in the document. */
        OCCURRING,
        /** A name that the document defines. */
        DEFINED,
        /** One of the {@link Terms}. */
        TERM
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Name(byte[] bytes, Sort sort) {}

    static byte[] toBytes(DocumentIndex index) {
        ByteWriter writer = new ByteWriter(16 * (index.entries().size() + index.terms().size()));
        for (DocumentIndex.Entry entry : index.entries()) {
            write(
                    writer,
                    entry.name(),
                    entry.definitions() == null ? Sort.OCCURRING : Sort.DEFINED);
        }
        index.terms().forEach(term -> write(writer, term, Sort.TERM));
        return writer.toArray();
    }

    private static void write(ByteWriter writer, byte[] name, Sort sort) {
        writer.varint((long) SORTS * name.length + sort.ordinal()).raw(name);
    }

    static List<Name> read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        List<Name> names = new ArrayList<>();
        while (reader.hasMore()) {
            int header = reader.varint();
            byte[] name = reader.raw(header / SORTS);
            names.add(new Name(name, reader.constant(VALUES, header % SORTS)));
        }
        return names;
    }
}
