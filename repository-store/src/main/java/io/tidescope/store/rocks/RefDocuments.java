package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Documents of one ref that are chosen by number, in the order of their keys. A few are looked up
 * and sorted. More are picked from the list of all documents, if that is at hand; if not, they are
 * looked up as well, or when they are many, all documents of the ref are gone over.
 */
final class RefDocuments implements AutoCloseable {
    private static final int STEPS_PER_DEADLINE_CHECK = 256;

    /** Numbers passed one by one before seeking, which costs as much as a few steps. */
    private static final int STEPS_BEFORE_SEEK = 8;

    /** For so many nobody reads a list. */
    private static final int FEW = 64;

    /** So many are sorted, however few documents there are. */
    private static final int SORTED = 1024;

    /** More than one of so many numbers are gone over, and not sorted. */
    private static final int SPARSE = 16;

    private final byte[] ref;
    private final NumberSet chosen;
    private final View view;
    private final Deadline deadline;

    /** In their order; null when all of the ref are gone over. */
    private @Nullable List<Found> found;

    private int next;
    private @Nullable RocksIterator all;
    private int steps;

    /** A document. */
    @SuppressWarnings("ArrayRecordComponent") // compared as compareTo says
    private record Found(byte[] key, int number) implements Comparable<Found> {
        @Override
        public int compareTo(Found other) {
            return Arrays.compareUnsigned(key, other.key);
        }
    }

    /**
     * @param ref the bytes that keys of the ref begin with
     */
    RefDocuments(byte[] ref, NumberSet chosen, View view, Deadline deadline) {
        this.ref = ref;
        this.chosen = chosen;
        this.view = view;
        this.deadline = deadline;
    }

    /** The bytes that their keys begin with. */
    byte[] ref() {
        return ref;
    }

    /**
     * Goes to the first document at a place or behind it, unless it stands at such a one already.
     *
     * @return its key; null when there is none
     */
    byte @Nullable [] seek(byte[] place) {
        if (found == null && all == null) {
            DocumentList list = chosen.size() <= FEW ? null : view.all();
            if (list != null) {
                found = pick(list);
            } else if (chosen.size() <= SORTED || chosen.size() <= chosen.bound() / SPARSE) {
                found = lookUp();
            } else {
                all = view.scan(Family.DOCUMENTS);
                all.seek(Arrays.compareUnsigned(place, ref) < 0 ? ref : place);
                return nextChosen(all);
            }
        }
        return found == null ? seekAll(iterator(), place) : seekFound(found, place);
    }

    /** The number of the document it stands at. */
    int number() {
        List<Found> known = found;
        return known == null
                ? DocumentEntry.readNumber(iterator().value())
                : known.get(next).number();
    }

    /** The {@link DocumentEntry} of the document it stands at, when it is at hand. */
    byte @Nullable [] entry() {
        return found == null ? iterator().value() : null;
    }

    @Override
    public void close() {
        if (all != null) {
            all.close();
        }
    }

    private byte @Nullable [] seekFound(List<Found> documents, byte[] place) {
        while (next < documents.size()
                && Arrays.compareUnsigned(documents.get(next).key(), place) < 0) {
            next++;
        }
        return next < documents.size() ? documents.get(next).key() : null;
    }

    private byte @Nullable [] seekAll(RocksIterator iterator, byte[] place) {
        if (!iterator.isValid()) {
            return null;
        }
        byte[] key = iterator.key();
        if (Arrays.compareUnsigned(key, place) < 0) {
            if (Arrays.equals(DocumentWalk.behind(key), place)) {
                iterator.next();
            } else {
                iterator.seek(place);
            }
        }
        return nextChosen(iterator);
    }

    /** The first document from where it stands on that is chosen. */
    private byte @Nullable [] nextChosen(RocksIterator iterator) {
        while (iterator.isValid()) {
            byte[] key = iterator.key();
            if (!Keys.beginsWith(key, ref)) {
                return null;
            }
            if (chosen.contains(DocumentEntry.readNumber(iterator.value()))) {
                return key;
            }
            checkDeadline();
            iterator.next();
        }
        Database.check(iterator);
        return null;
    }

    private RocksIterator iterator() {
        RocksIterator iterator = all;
        if (iterator == null) {
            throw new IllegalStateException("seek was not called");
        }
        return iterator;
    }

    private List<Found> pick(DocumentList list) {
        List<Found> picked = new ArrayList<>(chosen.size());
        for (int at = list.indexOf(ref); at < list.count() && picked.size() < chosen.size(); at++) {
            DocumentList.Listed listed = list.get(at);
            if (!Keys.beginsWith(listed.key(), ref)) {
                break;
            }
            if (chosen.contains(listed.number())) {
                picked.add(new Found(listed.key(), listed.number()));
            }
        }
        if (picked.size() < chosen.size()) {
            throw corrupt("%d of a ref's documents".formatted(chosen.size() - picked.size()));
        }
        return picked;
    }

    private List<Found> lookUp() {
        List<Found> paths = new ArrayList<>(chosen.size());
        try (RocksIterator numbers = view.scan(Family.NUMBERS)) {
            chosen.forEach(
                    number -> {
                        move(numbers, paths.isEmpty() ? -1 : paths.getLast().number(), number);
                        paths.add(new Found(Keys.concat(ref, numbers.value()), number));
                        checkDeadline();
                    });
        }
        Collections.sort(paths);
        return paths;
    }

    /** Moves from a number, -1 for none, to a later one, which has to be there. */
    private void move(RocksIterator numbers, int from, int number) {
        byte[] key = DocumentNumber.key(ref, number);
        if (from >= 0 && number - from <= STEPS_BEFORE_SEEK) {
            do {
                numbers.next();
            } while (numbers.isValid() && Arrays.compareUnsigned(numbers.key(), key) < 0);
        } else {
            numbers.seek(key);
        }
        if (!numbers.isValid() || !Arrays.equals(numbers.key(), key)) {
            Database.check(numbers);
            throw corrupt("document %d of a ref".formatted(number));
        }
    }

    private void checkDeadline() {
        if (++steps % STEPS_PER_DEADLINE_CHECK == 0) {
            deadline.check();
        }
    }

    private static TideScopeException corrupt(String documents) {
        return new TideScopeException(
                ErrorCode.CORRUPT, "the store is damaged: nobody has the number of " + documents);
    }
}
