package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What has to change for a document's content and index to become others: what is new is put, what
 * is gone is deleted, what stays is not touched.
 */
final class Replacement {
    private static final byte[] PRESENT = new byte[0];

    private final byte[] key;
    private final Changes changes;

    /**
     * @param key the document's
     */
    Replacement(byte[] key, Changes changes) {
        this.key = key;
        this.changes = changes;
    }

    void content(StoredContent old, StoredContent next) {
        replace(Family.TREES, key, orNull(old.tree()), orNull(next.tree()));
        replace(Family.SOURCES, key, orNull(old.source()), orNull(next.source()));
    }

    void index(DocumentIndex old, DocumentIndex next) {
        names(old, next);
        terms(old, next);
    }

    private void names(DocumentIndex old, DocumentIndex next) {
        Map<ByteBuffer, DocumentIndex.Entry> gone = new HashMap<>();
        old.entries().forEach(entry -> gone.put(ByteBuffer.wrap(entry.name()), entry));
        for (DocumentIndex.Entry entry : next.entries()) {
            // A document that is new has nothing to look up.
            DocumentIndex.Entry before =
                    gone.isEmpty() ? null : gone.remove(ByteBuffer.wrap(entry.name()));
            byte[] posting = PostingKey.of(entry.name(), key);
            replace(
                    Family.DEFINITIONS,
                    posting,
                    before == null ? null : before.definitions(),
                    entry.definitions());
            replace(
                    Family.OCCURRENCES,
                    posting,
                    before == null ? null : before.occurrences(),
                    entry.occurrences());
        }
        for (DocumentIndex.Entry entry : gone.values()) {
            byte[] posting = PostingKey.of(entry.name(), key);
            replace(Family.DEFINITIONS, posting, entry.definitions(), null);
            replace(Family.OCCURRENCES, posting, entry.occurrences(), null);
        }
    }

    private void terms(DocumentIndex old, DocumentIndex next) {
        Map<ByteBuffer, byte[]> gone = new HashMap<>();
        old.terms().forEach(term -> gone.put(ByteBuffer.wrap(term), term));
        for (byte[] term : next.terms()) {
            if (gone.isEmpty() || gone.remove(ByteBuffer.wrap(term)) == null) {
                replace(Family.TERMS, PostingKey.of(term, key), null, PRESENT);
            }
        }
        gone.values()
                .forEach(term -> replace(Family.TERMS, PostingKey.of(term, key), PRESENT, null));
    }

    private void replace(Family family, byte[] at, byte @Nullable [] old, byte @Nullable [] next) {
        if (next == null) {
            if (old != null) {
                changes.delete(family, at);
            }
        } else if (!Arrays.equals(old, next)) {
            changes.put(family, at, next);
        }
    }

    private static byte @Nullable [] orNull(byte[] content) {
        return content.length == 0 ? null : content;
    }
}
