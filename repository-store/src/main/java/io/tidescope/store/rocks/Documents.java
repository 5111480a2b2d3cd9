package io.tidescope.store.rocks;

import io.tidescope.schemas.event.Document;
import io.tidescope.tree.MalformedTreeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * How documents come into a store and go from it, with everything they are indexed with.
 *
 * <p>What has to go is read from the store, never from the record, so whatever is applied on top of
 * whatever, nothing is left behind.
 */
final class Documents {
    private static final Logger log = LoggerFactory.getLogger(Documents.class);

    private static final byte[] NOTHING = new byte[0];

    private Documents() {}

    /** Puts a document in the place of its older version, if there is one. */
    static Progress put(
            byte[] key, Document document, Database database, Changes changes, Progress progress) {
        byte[] source = array(document.getSource());
        byte[] tree = array(document.getTree());
        DocumentEntry old = find(key, database);
        if (old != null && isSameContent(key, old, document, source, tree, database)) {
            DocumentEntry entry =
                    DocumentEntry.of(document, old.content(), old.definitions(), old.occurrences());
            changes.put(Family.DOCUMENTS, key, entry.toBytes());
            return progress.replacing(old, entry);
        }
        DocumentIndex index = index(document, source, tree);
        DocumentEntry entry =
                DocumentEntry.of(
                        document, index.content(), index.definitions(), index.occurrences());
        if (old != null) {
            removeNames(key, index, database, changes);
        }
        putOrRemove(Family.TREES, key, tree, old != null, changes);
        putOrRemove(Family.SOURCES, key, source, old != null, changes);
        for (DocumentIndex.Entry name : index.entries()) {
            byte[] posting = PostingKey.of(name.name(), key);
            put(Family.DEFINITIONS, posting, name.definitions(), changes);
            put(Family.OCCURRENCES, posting, name.occurrences(), changes);
        }
        for (byte[] term : index.terms()) {
            changes.put(Family.TERMS, PostingKey.of(term, key), NOTHING);
        }
        changes.put(Family.NAMES, key, IndexedNames.toBytes(index));
        changes.put(Family.DOCUMENTS, key, entry.toBytes());
        return progress.replacing(old, entry);
    }

    /** Removes a document; nothing when there is none. */
    static Progress remove(byte[] key, Database database, Changes changes, Progress progress) {
        DocumentEntry old = find(key, database);
        if (old == null) {
            return progress;
        }
        removeNames(key, DocumentIndex.EMPTY, database, changes);
        changes.delete(Family.TREES, key);
        changes.delete(Family.SOURCES, key);
        changes.delete(Family.NAMES, key);
        changes.delete(Family.DOCUMENTS, key);
        return progress.replacing(old, null);
    }

    private static @Nullable DocumentEntry find(byte[] key, Database database) {
        byte[] bytes = database.find(Family.DOCUMENTS, key);
        return bytes == null ? null : DocumentEntry.read(bytes);
    }

    /** Whether all that the index is made from is what the store holds. */
    private static boolean isSameContent(
            byte[] key,
            DocumentEntry old,
            Document document,
            byte[] source,
            byte[] tree,
            Database database) {
        return old.blob().equals(document.getBlob())
                && old.treeBytes() == tree.length
                && old.sourceBytes() == source.length
                && Arrays.equals(tree, orEmpty(database.find(Family.TREES, key)))
                && Arrays.equals(source, orEmpty(database.find(Family.SOURCES, key)));
    }

    private static DocumentIndex index(Document document, byte[] source, byte[] tree) {
        try {
            return DocumentIndex.of(source, ByteBuffer.wrap(tree));
        } catch (MalformedTreeException e) {
            log.atError()
                    .addKeyValue("repository", document.getRepository())
                    .addKeyValue("ref", document.getRef())
                    .addKeyValue("path", document.getPath())
                    .setCause(e)
                    .log("tree not readable; document kept without symbols");
            return DocumentIndex.UNREADABLE;
        }
    }

    /** Removes the postings of what the document is no longer indexed under. */
    private static void removeNames(
            byte[] key, DocumentIndex next, Database database, Changes changes) {
        Set<ByteBuffer> defined = new HashSet<>();
        Set<ByteBuffer> occurring = new HashSet<>();
        Set<ByteBuffer> terms = new HashSet<>();
        for (DocumentIndex.Entry entry : next.entries()) {
            if (entry.definitions() != null) {
                defined.add(ByteBuffer.wrap(entry.name()));
            }
            if (entry.occurrences() != null) {
                occurring.add(ByteBuffer.wrap(entry.name()));
            }
        }
        next.terms().forEach(term -> terms.add(ByteBuffer.wrap(term)));
        for (IndexedNames.Name old : IndexedNames.read(orEmpty(database.find(Family.NAMES, key)))) {
            byte[] posting = PostingKey.of(old.bytes(), key);
            ByteBuffer name = ByteBuffer.wrap(old.bytes());
            switch (old.sort()) {
                case TERM -> deleteUnless(terms.contains(name), Family.TERMS, posting, changes);
                case OCCURRING ->
                        deleteUnless(
                                occurring.contains(name), Family.OCCURRENCES, posting, changes);
                case DEFINED -> {
                    deleteUnless(defined.contains(name), Family.DEFINITIONS, posting, changes);
                    deleteUnless(occurring.contains(name), Family.OCCURRENCES, posting, changes);
                }
            }
        }
    }

    private static void deleteUnless(boolean kept, Family family, byte[] posting, Changes changes) {
        if (!kept) {
            changes.delete(family, posting);
        }
    }

    private static void putOrRemove(
            Family family, byte[] key, byte[] value, boolean replaces, Changes changes) {
        if (value.length > 0) {
            changes.put(family, key, value);
        } else if (replaces) {
            changes.delete(family, key);
        }
    }

    private static void put(Family family, byte[] key, byte @Nullable [] value, Changes changes) {
        if (value != null) {
            changes.put(family, key, value);
        }
    }

    private static byte[] orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
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
