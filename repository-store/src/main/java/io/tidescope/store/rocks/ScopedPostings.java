package io.tidescope.store.rocks;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.Scope;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The postings of one name in the documents of a scope, in the order of documents; what is out of
 * scope is passed over by seeking. It moves an iterator that its user owns. Documents themselves
 * are walked as if they were the postings of a name that takes no bytes.
 */
final class ScopedPostings {
    private static final int STEPS_PER_DEADLINE_CHECK = 64;

    private final RocksIterator iterator;
    private final byte[] beginning;
    private final Scope scope;
    private final DefaultRefs defaultRefs;
    private final Deadline deadline;

    /** What the keys of a ref begin with that is in scope: most postings share it with the last. */
    private byte @Nullable [] known;

    private byte @Nullable [] current;

    /** Where to seek before the next posting: seeking costs most, and is not done in vain. */
    private byte @Nullable [] target;

    private int steps;

    private ScopedPostings(
            RocksIterator iterator,
            byte[] beginning,
            Scope scope,
            DefaultRefs defaultRefs,
            Deadline deadline) {
        this.iterator = iterator;
        this.beginning = beginning;
        this.scope = scope;
        this.defaultRefs = defaultRefs;
        this.deadline = deadline;
    }

    /**
     * The postings of a name, by an iterator over a family that has {@link PostingKey}s.
     *
     * @param from continue at this document; null from the first
     */
    static ScopedPostings ofName(
            RocksIterator iterator,
            byte[] name,
            Scope scope,
            DefaultRefs defaultRefs,
            @Nullable DocumentKey from,
            Deadline deadline) {
        var postings =
                new ScopedPostings(
                        iterator, PostingKey.beginning(name), scope, defaultRefs, deadline);
        postings.seek(from == null ? new byte[0] : from.toBytes());
        return postings;
    }

    /** All documents of a scope, by an iterator over a family that has their keys. */
    static ScopedPostings ofDocuments(
            RocksIterator iterator, Scope scope, DefaultRefs defaultRefs, Deadline deadline) {
        var documents = new ScopedPostings(iterator, new byte[0], scope, defaultRefs, deadline);
        documents.seek(new byte[0]);
        return documents;
    }

    /** Goes to where {@link #next} finds the first posting of a document at or behind a place. */
    void seek(byte[] document) {
        byte[] place = document;
        if (scope.repository() != null) {
            byte[] repository = bytes(scope.repository() + '\0');
            place = Arrays.compareUnsigned(place, repository) < 0 ? repository : place;
        }
        target = Keys.concat(beginning, place);
    }

    /** Moves to the next posting in scope; false when there is none. */
    boolean next() {
        if (target == null) {
            iterator.next();
        } else {
            iterator.seek(target);
            target = null;
        }
        while (iterator.isValid()) {
            byte[] key = iterator.key();
            if (++steps % STEPS_PER_DEADLINE_CHECK == 0) {
                deadline.check();
            }
            if (known != null && Keys.beginsWith(key, known)) {
                current = key;
                return true;
            }
            if (!Keys.beginsWith(key, beginning)) {
                return false;
            }
            DocumentKey found = PostingKey.readDocument(key, beginning.length - 1);
            if (scope.repository() != null && !scope.repository().equals(found.repository())) {
                return false;
            }
            String wanted = defaultRefs.wanted(scope, found.repository()).orElse(found.ref());
            byte[] there = Keys.concat(beginning, bytes(found.repository() + '\0' + wanted + '\0'));
            int order = CODE_POINT_ORDER.compare(found.ref(), wanted);
            if (order == 0) {
                known = there;
                current = key;
                return true;
            }
            byte[] further = there;
            if (order > 0 || Arrays.compareUnsigned(further, key) <= 0) {
                // Behind all refs of this repository.
                further = Keys.behindPart(key, PostingKey.partEnd(key, beginning.length));
            }
            iterator.seek(further);
        }
        Database.check(iterator);
        return false;
    }

    /** The document of the posting moved to. */
    DocumentKey document() {
        return PostingKey.readDocument(current(), beginning.length - 1);
    }

    /** Its key. */
    byte[] documentKey() {
        byte[] key = current();
        return Arrays.copyOfRange(key, beginning.length, key.length);
    }

    /** The value of the posting moved to. */
    byte[] value() {
        return iterator.value();
    }

    private byte[] current() {
        byte[] key = current;
        if (key == null) {
            throw new NoSuchElementException("next() was not called or returned false");
        }
        return key;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
