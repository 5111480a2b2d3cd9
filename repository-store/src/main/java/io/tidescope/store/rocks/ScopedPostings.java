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
    private @Nullable DocumentKey document;
    private boolean atNext = true;
    private int steps;

    /**
     * @param from continue at this document; null from the first
     */
    ScopedPostings(
            RocksIterator iterator,
            String name,
            Scope scope,
            DefaultRefs defaultRefs,
            @Nullable DocumentKey from,
            Deadline deadline) {
        this(iterator, PostingKey.beginning(name), scope, defaultRefs, from, deadline);
    }

    private ScopedPostings(
            RocksIterator iterator,
            byte[] beginning,
            Scope scope,
            DefaultRefs defaultRefs,
            @Nullable DocumentKey from,
            Deadline deadline) {
        this.iterator = iterator;
        this.beginning = beginning;
        this.scope = scope;
        this.defaultRefs = defaultRefs;
        this.deadline = deadline;
        if (from != null) {
            seek(from.toBytes());
        } else if (scope.repository() != null) {
            seek(bytes(scope.repository() + '\0'));
        } else {
            iterator.seek(beginning);
        }
    }

    /** All documents of a scope, by an iterator over a family that has their keys. */
    static ScopedPostings documents(
            RocksIterator iterator,
            Scope scope,
            DefaultRefs defaultRefs,
            @Nullable DocumentKey from,
            Deadline deadline) {
        return new ScopedPostings(iterator, new byte[0], scope, defaultRefs, from, deadline);
    }

    /** Moves to the next posting in scope; false when there is none. */
    boolean next() {
        if (!atNext) {
            iterator.next();
        }
        atNext = false;
        while (iterator.isValid()) {
            byte[] key = iterator.key();
            if (!Keys.beginsWith(key, beginning)) {
                return false;
            }
            if (++steps % STEPS_PER_DEADLINE_CHECK == 0) {
                deadline.check();
            }
            DocumentKey found = PostingKey.readDocument(key, beginning.length - 1);
            if (scope.repository() != null && !scope.repository().equals(found.repository())) {
                return false;
            }
            String wanted = defaultRefs.wanted(scope, found.repository()).orElse(found.ref());
            int order = CODE_POINT_ORDER.compare(found.ref(), wanted);
            if (order == 0) {
                document = found;
                return true;
            }
            byte[] there = bytes(found.repository() + '\0' + wanted + '\0');
            byte[] target = Keys.concat(beginning, there);
            if (order > 0 || Arrays.compareUnsigned(target, key) <= 0) {
                // Behind all refs of this repository.
                target = Keys.behindPart(key, PostingKey.partEnd(key, beginning.length));
            }
            iterator.seek(target);
        }
        Database.check(iterator);
        return false;
    }

    /** The document of the posting moved to. */
    DocumentKey document() {
        DocumentKey current = document;
        if (current == null) {
            throw new NoSuchElementException("next() was not called or returned false");
        }
        return current;
    }

    /** The value of the posting moved to. */
    byte[] value() {
        return iterator.value();
    }

    private void seek(byte[] document) {
        iterator.seek(Keys.concat(beginning, document));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
