package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.Arrays;

/** Goes over the blocks that a name has postings in. */
final class PostingWalk implements BlockWalk {
    /** Postings passed one by one before seeking, which costs as much as a few steps. */
    private static final int STEPS_BEFORE_SEEK = 3;

    private final RocksIterator iterator;
    private final ScopedKeys keys;
    private byte @Nullable [] current;
    private boolean ended;

    /**
     * @param iterator which the keys move; closed with the walk
     */
    PostingWalk(RocksIterator iterator, ScopedKeys keys) {
        this.iterator = iterator;
        this.keys = keys;
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
            keys.seek(place);
            move();
        }
        return current;
    }

    private void move() {
        ended = !keys.next();
        current = ended ? null : keys.key();
    }

    @Override
    public Slots slots() {
        return Postings.slots(keys.value());
    }

    @Override
    public void close() {
        iterator.close();
    }
}
