package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.MalformedTreeException;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The source and the tree that the store holds of a document, empty for none: all that its index is
 * made from, and can be made from again.
 *
 * <p>What is read is what was written, or it is refused as CORRUPT: an index made from anything
 * else would miss postings that are there, and they would outlive the document.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared by isSame
record StoredContent(byte[] source, byte[] tree) {
    static final StoredContent NONE = new StoredContent(new byte[0], new byte[0]);

    /** That of a document with this entry; {@link #NONE} without one. */
    static StoredContent read(byte[] key, @Nullable DocumentEntry entry, Database database) {
        if (entry == null) {
            return NONE;
        }
        byte[] source = database.find(Family.SOURCES, key);
        byte[] tree = database.find(Family.TREES, key);
        StoredContent content =
                new StoredContent(
                        source == null ? NONE.source : source, tree == null ? NONE.tree : tree);
        if (content.source.length != entry.sourceBytes()
                || content.tree.length != entry.treeBytes()) {
            throw corrupt("its source or its tree is missing or of another length");
        }
        return content;
    }

    boolean isSame(StoredContent other) {
        return Arrays.equals(tree, other.tree) && Arrays.equals(source, other.source);
    }

    /** What the document with this entry is indexed with now. */
    DocumentIndex index(String path, DocumentEntry entry) {
        DocumentIndex index;
        try {
            index = DocumentIndex.of(path, source, tree);
        } catch (MalformedTreeException e) {
            index = DocumentIndex.UNREADABLE;
        }
        if (!index.content().equals(entry.content())
                || index.definitions() != entry.definitions()
                || index.occurrences() != entry.occurrences()) {
            throw corrupt("its source or its tree is not what its index was made from");
        }
        return index;
    }

    private static TideScopeException corrupt(String what) {
        return new TideScopeException(
                ErrorCode.CORRUPT,
                "a stored document is damaged: " + what + "; the partition has to be rebuilt");
    }
}
