package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Documents of one ref that blocks name by their numbers, in the order of their keys. Few are
 * looked up by number and sorted; of many, the ref's documents are gone over instead.
 */
final class RefDocuments implements AutoCloseable {
    private static final int STEPS_PER_DEADLINE_CHECK = 256;

    /** Numbers passed one by one before seeking, which costs as much as a few steps. */
    private static final int STEPS_BEFORE_SEEK = 8;

    /** So many are always sorted. */
    private static final int FEW = 1024;

    /** More than one of so many numbers are gone over, and not sorted. */
    private static final int SPARSE = 16;

    private final View view;
    private final Deadline deadline;
    private final byte[] ref;
    private final List<Chosen> blocks = new ArrayList<>();
    private int size;
    private Found @Nullable [] sorted;
    private int next;
    private @Nullable RocksIterator all;
    private int steps;

    /** Documents of a block. */
    private record Chosen(int block, Slots slots) {}

    /** A document that was looked up. */
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
    RefDocuments(byte[] ref, View view, Deadline deadline) {
        this.ref = ref;
        this.view = view;
        this.deadline = deadline;
    }

    byte[] ref() {
        return ref;
    }

    /** Adds documents of a block; blocks come in ascending order, before the first seek. */
    void add(int block, Slots slots) {
        blocks.add(new Chosen(block, slots));
        size += slots.size();
    }

    /**
     * Goes to the first document at a place or behind it, unless it stands at such a one already.
     *
     * @return its key; null when there is none
     */
    byte @Nullable [] seek(byte[] place) {
        if (sorted == null && all == null) {
            DocumentList list = view.all();
            if (list != null) {
                sorted = pick(list);
            } else if (size <= FEW || size <= span() / SPARSE) {
                sorted = sort();
            } else {
                all = view.scan(Family.DOCUMENTS);
                all.seek(Arrays.compareUnsigned(place, ref) < 0 ? ref : place);
                return chosen();
            }
        }
        return sorted == null ? seekAll(place) : seekSorted(sorted, place);
    }

    /** The number of the document it stands at. */
    int number() {
        Found[] known = sorted;
        return known == null ? DocumentEntry.readNumber(iterator().value()) : known[next].number();
    }

    /** The {@link DocumentEntry} of the document it stands at, when it is at hand. */
    byte @Nullable [] entry() {
        return sorted == null ? iterator().value() : null;
    }

    @Override
    public void close() {
        if (all != null) {
            all.close();
        }
    }

    private long span() {
        return blocks.isEmpty() ? 0 : (blocks.getLast().block() + 1L) * DocumentNumber.BLOCK;
    }

    private byte @Nullable [] seekSorted(Found[] documents, byte[] place) {
        while (next < documents.length
                && Arrays.compareUnsigned(documents[next].key(), place) < 0) {
            next++;
        }
        return next < documents.length ? documents[next].key() : null;
    }

    private byte @Nullable [] seekAll(byte[] place) {
        RocksIterator iterator = iterator();
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
        return chosen();
    }

    /** The first document from here on that is meant. */
    private byte @Nullable [] chosen() {
        RocksIterator iterator = iterator();
        while (iterator.isValid()) {
            byte[] key = iterator.key();
            if (!Keys.beginsWith(key, ref)) {
                return null;
            }
            if (isChosen(DocumentEntry.readNumber(iterator.value()))) {
                return key;
            }
            check();
            iterator.next();
        }
        Database.check(iterator);
        return null;
    }

    private boolean isChosen(int number) {
        int wanted = DocumentNumber.block(number);
        int low = 0;
        int high = blocks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Chosen block = blocks.get(middle);
            if (block.block() == wanted) {
                return block.slots().contains(DocumentNumber.slot(number));
            }
            if (block.block() < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private RocksIterator iterator() {
        RocksIterator iterator = all;
        if (iterator == null) {
            throw new IllegalStateException("seek was not called");
        }
        return iterator;
    }

    private Found[] pick(DocumentList list) {
        Found[] found = new Found[size];
        int count = 0;
        for (int at = list.indexOf(ref); at < list.count() && count < size; at++) {
            DocumentList.Listed listed = list.get(at);
            if (!Keys.beginsWith(listed.key(), ref)) {
                break;
            }
            if (isChosen(listed.number())) {
                found[count++] = new Found(listed.key(), listed.number());
            }
        }
        if (count < size) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "%d documents of a ref have postings and are not there"
                            .formatted(size - count));
        }
        return found;
    }

    private Found[] sort() {
        Found[] found = new Found[size];
        int count = 0;
        try (RocksIterator numbers = view.scan(Family.NUMBERS)) {
            int at = Integer.MIN_VALUE;
            for (Chosen block : blocks) {
                for (int slot = block.slots().next(0);
                        slot >= 0;
                        slot = block.slots().next(slot + 1)) {
                    int number = DocumentNumber.of(block.block(), slot);
                    move(numbers, at, number);
                    at = number;
                    found[count++] = new Found(Keys.concat(ref, numbers.value()), number);
                    check();
                }
            }
        }
        Arrays.sort(found);
        return found;
    }

    /** Moves from a number, if it stands at any, to a later one, which has to be there. */
    private void move(RocksIterator numbers, int from, int number) {
        byte[] key = DocumentNumber.key(ref, number);
        int distance = number - from;
        if (from >= 0 && distance > 0 && distance <= STEPS_BEFORE_SEEK) {
            do {
                numbers.next();
            } while (numbers.isValid() && Arrays.compareUnsigned(numbers.key(), key) < 0);
        } else {
            numbers.seek(key);
        }
        if (!numbers.isValid() || !Arrays.equals(numbers.key(), key)) {
            Database.check(numbers);
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "document %d of a ref has postings, and no path".formatted(number));
        }
    }

    private void check() {
        if (++steps % STEPS_PER_DEADLINE_CHECK == 0) {
            deadline.check();
        }
    }
}
