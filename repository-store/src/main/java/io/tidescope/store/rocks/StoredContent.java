package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.MalformedTreeException;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.index.DocumentIndex;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

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

    /** Puts another in the place of this. */
    void replace(byte[] key, StoredContent next, Changes changes) {
        replace(Family.SOURCES, key, source, next.source, changes);
        replace(Family.TREES, key, tree, next.tree, changes);
    }

    private static void replace(
            Family family, byte[] key, byte[] old, byte[] next, Changes changes) {
        if (next.length == 0) {
            if (old.length > 0) {
                changes.delete(family, key);
            }
        } else if (!Arrays.equals(old, next)) {
            changes.put(family, key, next);
        }
    }

    /**
     * What it is indexed with: what came with it, if that is of this version and of this content,
     * which saves making it.
     *
     * @throws MalformedTreeException when the tree cannot be read
     */
    DocumentIndex index(String path, byte[] carried) {
        if (tree.length == 0) {
            return DocumentIndex.EMPTY;
        }
        ByteBuffer stored = ByteBuffer.wrap(tree);
        Optional<DocumentIndex> known =
                DocumentIndex.read(carried)
                        .filter(it -> it.fingerprint() == SyntaxTree.fingerprint(stored));
        if (known.isPresent() && SyntaxTree.isWhole(tree, source)) {
            return known.get();
        }
        return DocumentIndex.of(path, SyntaxTree.read(stored, ByteBuffer.wrap(source)), tree);
    }

    /** What the document with this entry is indexed with now. */
    DocumentIndex index(String path, DocumentEntry entry) {
        DocumentIndex index;
        try {
            index = index(path, NONE.tree);
        } catch (MalformedTreeException e) {
            index = DocumentIndex.UNREADABLE;
        }
        if (!TreeContent.of(index).equals(entry.content())
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
