package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All documents of a view, in the order of their keys, with what is known of their trees: who looks
 * at every document goes over these at a fraction of what a scan costs. Immutable.
 */
final class DocumentList {
    static final DocumentList NONE = new DocumentList(List.of());

    /** A partition of more is scanned. */
    private static final int MOST = 16_384;

    private final List<Listed> documents;

    private DocumentList(List<Listed> documents) {
        this.documents = List.copyOf(documents);
    }

    /**
     * A document.
     *
     * @param key the stored one, not to be changed
     * @param number its {@link DocumentNumber}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listed(byte[] key, DocumentKey document, int number, TreeContent content) {}

    /** Those of a view; null when there are too many. */
    static @Nullable DocumentList read(View view) {
        List<Listed> documents = new ArrayList<>();
        DocumentKey last = null;
        try (RocksIterator iterator = view.scan(Family.DOCUMENTS)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                if (documents.size() == MOST) {
                    return null;
                }
                byte[] key = iterator.key();
                DocumentKey document = sharing(DocumentKey.read(key), last);
                byte[] entry = iterator.value();
                TreeContent content = TreeContent.read(new ByteReader(entry));
                int number = DocumentEntry.readNumber(entry);
                documents.add(new Listed(key, document, number, content));
                last = document;
            }
            Database.check(iterator);
        }
        return new DocumentList(documents);
    }

    /** The same key, with the texts of another where they are equal. */
    private static DocumentKey sharing(DocumentKey key, @Nullable DocumentKey other) {
        return other != null
                        && key.repository().equals(other.repository())
                        && key.ref().equals(other.ref())
                ? new DocumentKey(other.repository(), other.ref(), key.path())
                : key;
    }

    int count() {
        return documents.size();
    }

    Listed get(int index) {
        return documents.get(index);
    }

    /** The index of the first document at a place or behind it. */
    int indexOf(byte[] place) {
        int low = 0;
        int high = documents.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(documents.get(middle).key(), place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
