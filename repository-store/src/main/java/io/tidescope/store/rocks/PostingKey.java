package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Key of what a document says about a name.
 *
 * <p>Bytes: {@code name NUL repository NUL ref NUL path}, all UTF-8 and free of NUL: the name and
 * then the document's key, so that the postings of a name stand together in the order of documents.
 */
final class PostingKey {
    /** Names longer than this, in UTF-8 bytes, are not indexed. */
    static final int MAX_NAME_BYTES = 1024;

    private PostingKey() {}

    static byte[] of(byte[] name, byte[] document) {
        byte[] key = Arrays.copyOf(name, name.length + 1 + document.length);
        System.arraycopy(document, 0, key, name.length + 1, document.length);
        return key;
    }

    /** What all keys of the name, and only they, begin with. */
    static byte[] beginning(byte[] name) {
        return Arrays.copyOf(name, name.length + 1);
    }

    /** Whether a name can be in a key. */
    static boolean accepts(String name) {
        return name.length() <= MAX_NAME_BYTES && accepts(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a name, in UTF-8, can be in a key. */
    static boolean accepts(byte[] name) {
        return name.length > 0 && name.length <= MAX_NAME_BYTES && partEnd(name, 0) == name.length;
    }

    /** Bytes of the name that a key begins with. */
    static int nameLength(byte[] key) {
        return partEnd(key, 0);
    }

    /**
     * The index of the NUL behind the part that starts at an index; the key's end behind the last.
     */
    static int partEnd(byte[] key, int start) {
        int end = start;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        return end;
    }

    /** The bytes of the document's key. */
    static byte[] document(byte[] key, int nameLength) {
        return Arrays.copyOfRange(key, nameLength + 1, key.length);
    }

    static DocumentKey readDocument(byte[] key, int nameLength) {
        return DocumentKey.read(document(key, nameLength));
    }
}
