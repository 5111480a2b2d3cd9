package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.tree.MalformedTreeException;
import io.tidescope.tree.index.DocumentIndex;

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
            byte[] key,
            Document document,
            Database database,
            Changes changes,
            IndexChanges index,
            Progress progress) {
        DocumentEntry old = find(key, database);
        StoredContent before = StoredContent.read(key, old, database);
        StoredContent content =
                new StoredContent(array(document.getSource()), array(document.getTree()));
        DocumentEntry entry;
        if (old != null && before.isSame(content)) {
            entry =
                    DocumentEntry.of(
                            document,
                            old.content(),
                            old.number(),
                            old.definitions(),
                            old.occurrences());
        } else {
            String path = DocumentKey.read(key).path();
            if (old != null) {
                index.remove(key, old.number(), before.index(path, old));
            }
            before.replace(key, content, changes);
            DocumentIndex made = index(document, path, content);
            entry =
                    DocumentEntry.of(
                            document,
                            TreeContent.of(made),
                            index.add(key, made),
                            made.definitions(),
                            made.occurrences());
        }
        changes.put(Family.DOCUMENTS, key, entry.toBytes());
        return progress.replacing(old, entry);
    }

    /** Removes a document; nothing when there is none. */
    static Progress remove(
            byte[] key, Database database, Changes changes, IndexChanges index, Progress progress) {
        DocumentEntry old = find(key, database);
        if (old == null) {
            return progress;
        }
        StoredContent before = StoredContent.read(key, old, database);
        index.remove(key, old.number(), before.index(DocumentKey.read(key).path(), old));
        before.replace(key, StoredContent.NONE, changes);
        changes.delete(Family.DOCUMENTS, key);
        return progress.replacing(old, null);
    }

    private static @Nullable DocumentEntry find(byte[] key, Database database) {
        byte[] bytes = database.find(Family.DOCUMENTS, key);
        return bytes == null ? null : DocumentEntry.read(bytes);
    }

    private static DocumentIndex index(Document document, String path, StoredContent content) {
        try {
            return content.index(path, array(document.getIndex()));
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
