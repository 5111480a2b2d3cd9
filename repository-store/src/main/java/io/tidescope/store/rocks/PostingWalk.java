package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.Arrays;

/** Goes over the documents that a name has postings in, or over all. */
final class PostingWalk implements DocumentWalk {
    /** Postings passed one by one before seeking, which costs as much as a few steps. */
    private static final int STEPS_BEFORE_SEEK = 3;

    private final RocksIterator iterator;
    private final ScopedPostings postings;
    private final boolean entries;
    private byte @Nullable [] current;
    private boolean ended;

    /**
     * @param iterator which the postings move; closed with the walk
     * @param entries whether the postings' values are {@link DocumentEntry}s
     */
    PostingWalk(RocksIterator iterator, ScopedPostings postings, boolean entries) {
        this.iterator = iterator;
        this.postings = postings;
        this.entries = entries;
    }

    @Override
    public byte @Nullable [] seek(byte[] place) {
        for (int step = 0; !ended && step < STEPS_BEFORE_SEEK; step++) {
            if (current != null && Arrays.compareUnsigned(current, place) >= 0) {
                return current;
            }
            if (current == null) {
                break;
            }
            move();
        }
        if (!ended && (current == null || Arrays.compareUnsigned(current, place) < 0)) {
            postings.seek(place);
            move();
        }
        return current;
    }

    private void move() {
        ended = !postings.next();
        current = ended ? null : postings.documentKey();
    }

    @Override
    public byte @Nullable [] entry() {
        return entries && !ended ? postings.value() : null;
    }

    @Override
    public void close() {
        iterator.close();
    }
}
