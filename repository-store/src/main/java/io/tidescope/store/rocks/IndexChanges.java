package io.tidescope.store.rocks;

import io.tidescope.tree.index.DocumentIndex;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the records of one write change in the index. New content makes a new document of it: the
 * postings that others share with the old one are written once more without it, and those of all
 * that comes are written together.
 */
final class IndexChanges {
    private final Database database;
    private final Changes changes;
    private final Map<ByteBuffer, NewDocuments> news = new HashMap<>();
    private final GoneDocuments gone = new GoneDocuments();
    private int bytes;

    IndexChanges(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Takes a document in.
     *
     * @param key the document's
     * @return its number
     */
    int add(byte[] key, DocumentIndex index) {
        byte[] ref = Keys.ref(key);
        bytes += index.toBytes().length;
        return news.computeIfAbsent(ByteBuffer.wrap(ref), unused -> NewDocuments.of(ref, database))
                .add(Arrays.copyOfRange(key, ref.length, key.length), index, changes);
    }

    /** Takes a document out that is indexed with this. */
    void remove(byte[] key, int number, DocumentIndex index) {
        bytes += index.toBytes().length;
        gone.add(Keys.ref(key), number, index, changes);
    }

    /** About how much they add to the write. */
    int bytes() {
        return bytes;
    }

    /** Completes the changes. */
    void finish() {
        gone.writeTo(changes, database);
        news.values().forEach(documents -> documents.writeTo(changes));
    }
}
