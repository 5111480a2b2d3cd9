package io.tidescope.store.rocks;

import io.tidescope.tree.KindSet;
import io.tidescope.tree.index.DocumentIndex;

/**
 * What is known of a document's tree without reading it.
 *
 * @param kinds the kinds of its nodes, or more
 * @param fingerprint tells it and its source from other versions of the document
 */
record TreeContent(KindSet kinds, long fingerprint) {
    /** How long it is when written. */
    static final int BYTES = 3 * Long.BYTES;

    /** No tree. */
    static final TreeContent NONE = new TreeContent(KindSet.NONE, 0);

    /** A tree that nobody can read: whoever looks for anything has to find that out. */
    static final TreeContent UNREADABLE = new TreeContent(KindSet.ALL, 0);

    static TreeContent of(DocumentIndex index) {
        return new TreeContent(index.kinds(), index.fingerprint());
    }

    void write(ByteWriter writer) {
        writer.fixed(kinds.low()).fixed(kinds.high()).fixed(fingerprint);
    }

    /** Reads what a {@link DocumentEntry} begins with. */
    static TreeContent read(ByteReader reader) {
        return new TreeContent(new KindSet(reader.fixed(), reader.fixed()), reader.fixed());
    }
}
