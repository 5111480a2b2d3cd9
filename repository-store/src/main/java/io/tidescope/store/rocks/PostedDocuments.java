package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** The documents that have postings of a name, with these, in the order of their keys. */
final class PostedDocuments implements AutoCloseable {
    private final ScopedKeys keys;
    private final View view;
    private final Deadline deadline;
    private final Map<Integer, byte[]> postings = new HashMap<>();
    private byte[] place;
    private boolean keyed;
    private @Nullable RefDocuments documents;
    private @Nullable Postings posting;
    private byte @Nullable [] current;

    /**
     * @param keys of the name's postings
     * @param from the first document meant; null for the first of all
     */
    PostedDocuments(ScopedKeys keys, View view, @Nullable DocumentKey from, Deadline deadline) {
        this.keys = keys;
        this.view = view;
        this.deadline = deadline;
        place = from == null ? new byte[0] : from.toBytes();
        keys.seek(from == null ? place : Keys.ref(place));
        keyed = keys.next();
    }

    /** Goes on to the next ref that has postings; false when there is none. */
    boolean nextRef() {
        close();
        postings.clear();
        if (!keyed) {
            return false;
        }
        byte[] ref = PostingKey.ref(keys.key());
        NumberSet chosen = new NumberSet();
        while (keyed && Keys.beginsWith(keys.key(), ref)) {
            deadline.check();
            int block = PostingKey.block(keys.key());
            byte[] value = keys.value();
            postings.put(block, value);
            chosen.add(block, Postings.slots(value));
            keyed = keys.next();
        }
        documents = new RefDocuments(ref, chosen, view, deadline);
        return true;
    }

    /** What the keys of the ref's documents begin with: the document of its that is never there. */
    DocumentKey ref() {
        return DocumentKey.read(documents().ref());
    }

    /** Moves to the next document of the ref; false when there is none. */
    boolean next() {
        RefDocuments ofRef = documents();
        current = ofRef.seek(place);
        if (current == null) {
            return false;
        }
        place = DocumentWalk.behind(current);
        int number = ofRef.number();
        byte[] block = postings.get(DocumentNumber.block(number));
        Postings found = block == null ? null : new Postings(block);
        if (found == null || !found.find(DocumentNumber.slot(number))) {
            throw new IllegalStateException("a document was chosen for a posting that it has not");
        }
        posting = found;
        return true;
    }

    DocumentKey document() {
        byte[] key = current;
        if (key == null) {
            throw new NoSuchElementException("next() was not called or returned false");
        }
        return DocumentKey.read(key);
    }

    /** The document's posting. */
    Postings posting() {
        Postings found = posting;
        if (found == null) {
            throw new NoSuchElementException("next() was not called or returned false");
        }
        return found;
    }

    private RefDocuments documents() {
        RefDocuments ofRef = documents;
        if (ofRef == null) {
            throw new NoSuchElementException("nextRef() was not called or returned false");
        }
        return ofRef;
    }

    @Override
    public void close() {
        if (documents != null) {
            documents.close();
            documents = null;
        }
    }
}
