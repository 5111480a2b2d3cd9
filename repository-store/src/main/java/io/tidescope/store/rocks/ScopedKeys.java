package io.tidescope.store.rocks;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.Scope;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The keys of a family that are in a scope, in their order; what is out of scope is passed over by
 * seeking. They are keys of documents, or those of a name's postings less the name. It moves an
 * iterator that its user owns.
 */
final class ScopedKeys {
    private static final int STEPS_PER_DEADLINE_CHECK = 64;

    private final RocksIterator iterator;
    private final byte[] beginning;
    private final Scope scope;
    private final DefaultRefs defaultRefs;
    private final Deadline deadline;

    /** What the keys of a ref begin with that is in scope: most keys share it with the last. */
    private byte @Nullable [] known;

    private byte @Nullable [] current;

    /** Where to seek before the next key: seeking costs most, and is not done in vain. */
    private byte @Nullable [] target;

    private int steps;

    private ScopedKeys(
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
        seek(new byte[0]);
    }

    /** Those of a name's postings, by an iterator over a family that has {@link PostingKey}s. */
    static ScopedKeys ofName(
            RocksIterator iterator,
            byte[] name,
            Scope scope,
            DefaultRefs defaultRefs,
            Deadline deadline) {
        return new ScopedKeys(iterator, PostingKey.beginning(name), scope, defaultRefs, deadline);
    }

    /** Those of documents, by an iterator over a family that has their keys. */
    static ScopedKeys ofDocuments(
            RocksIterator iterator, Scope scope, DefaultRefs defaultRefs, Deadline deadline) {
        return new ScopedKeys(iterator, new byte[0], scope, defaultRefs, deadline);
    }

    /** Goes to where {@link #next} finds the first key at or behind a place. */
    void seek(byte[] wanted) {
        byte[] place = wanted;
        if (scope.repository() != null) {
            byte[] repository = bytes(scope.repository() + '\0');
            place = Arrays.compareUnsigned(place, repository) < 0 ? repository : place;
        }
        target = Keys.concat(beginning, place);
    }

    /** Moves to the next key in scope; false when there is none. */
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
            int repositoryEnd = Keys.partEnd(key, beginning.length);
            String repository = text(key, beginning.length, repositoryEnd);
            if (scope.repository() != null && !scope.repository().equals(repository)) {
                return false;
            }
            if (!scope.visible().matches(repository)) {
                iterator.seek(Keys.behindPart(key, repositoryEnd));
                continue;
            }
            String ref = text(key, repositoryEnd + 1, Keys.partEnd(key, repositoryEnd + 1));
            String wanted = defaultRefs.wanted(scope, repository).orElse(ref);
            byte[] there = Keys.concat(beginning, bytes(repository + '\0' + wanted + '\0'));
            int order = CODE_POINT_ORDER.compare(ref, wanted);
            if (order == 0) {
                known = there;
                current = key;
                return true;
            }
            byte[] further = there;
            if (order > 0 || Arrays.compareUnsigned(further, key) <= 0) {
                // Behind all refs of this repository.
                further = Keys.behindPart(key, repositoryEnd);
            }
            iterator.seek(further);
        }
        Database.check(iterator);
        return false;
    }

    /** The key moved to, less the name. */
    byte[] key() {
        byte[] key = current();
        return Arrays.copyOfRange(key, beginning.length, key.length);
    }

    /** Its value. */
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

    private static String text(byte[] key, int start, int end) {
        return new String(key, start, end - start, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
