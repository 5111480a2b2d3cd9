package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.tree.MalformedTreeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/**
 * How documents come into a store and go from it, with everything they are indexed with.
 *
 * <p>What has to go is made from the source and the tree in the store, never from the record, so
 * whatever is applied on top of whatever, nothing is left behind.
 */
final class Documents {
    private static final Logger log = LoggerFactory.getLogger(Documents.class);

    private Documents() {}

    /** Puts a document in the place of its older version, if there is one. */
    static Progress put(
            byte[] key, Document document, Database database, Changes changes, Progress progress) {
        DocumentEntry old = find(key, database);
        StoredContent before = StoredContent.read(key, old, database);
        StoredContent content =
                new StoredContent(array(document.getSource()), array(document.getTree()));
        if (old != null && before.isSame(content)) {
            DocumentEntry entry =
                    DocumentEntry.of(document, old.content(), old.definitions(), old.occurrences());
            changes.put(Family.DOCUMENTS, key, entry.toBytes());
            return progress.replacing(old, entry);
        }
        String path = DocumentKey.read(key).path();
        DocumentIndex index = index(document, path, content);
        Replacement replacement = new Replacement(key, changes);
        replacement.content(before, content);
        replacement.index(old == null ? DocumentIndex.EMPTY : before.index(path, old), index);
        DocumentEntry entry =
                DocumentEntry.of(
                        document, index.content(), index.definitions(), index.occurrences());
        changes.put(Family.DOCUMENTS, key, entry.toBytes());
        return progress.replacing(old, entry);
    }

    /** Removes a document; nothing when there is none. */
    static Progress remove(byte[] key, Database database, Changes changes, Progress progress) {
        DocumentEntry old = find(key, database);
        if (old == null) {
            return progress;
        }
        StoredContent before = StoredContent.read(key, old, database);
        Replacement replacement = new Replacement(key, changes);
        replacement.content(before, StoredContent.NONE);
        replacement.index(before.index(DocumentKey.read(key).path(), old), DocumentIndex.EMPTY);
        changes.delete(Family.DOCUMENTS, key);
        return progress.replacing(old, null);
    }

    private static @Nullable DocumentEntry find(byte[] key, Database database) {
        byte[] bytes = database.find(Family.DOCUMENTS, key);
        return bytes == null ? null : DocumentEntry.read(bytes);
    }

    private static DocumentIndex index(Document document, String path, StoredContent content) {
        try {
            return DocumentIndex.of(path, content.source(), content.tree());
        } catch (MalformedTreeException e) {
            log.atError()
                    .addKeyValue("repository", document.getRepository())
                    .addKeyValue("ref", document.getRef())
                    .addKeyValue("path", document.getPath())
                    .addKeyValue("reason", e.getMessage())
                    .log("tree not readable; document kept without symbols");
            return DocumentIndex.UNREADABLE;
        }
    }

    /** The buffer's bytes, in place when it spans all of its array. */
    private static byte[] array(ByteBuffer buffer) {
        if (buffer.hasArray()
                && buffer.arrayOffset() == 0
                && buffer.remaining() == buffer.array().length) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
