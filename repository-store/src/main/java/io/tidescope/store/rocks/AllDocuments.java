package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.Arrays;

/** Goes over all documents of a scope. */
final class AllDocuments implements DocumentWalk {
    private final RocksIterator iterator;
    private final ScopedKeys keys;
    private byte @Nullable [] current;
    private boolean ended;

    /**
     * @param iterator which the keys move; closed with the walk
     */
    AllDocuments(RocksIterator iterator, ScopedKeys keys) {
        this.iterator = iterator;
        this.keys = keys;
    }

    @Override
    public byte @Nullable [] seek(byte[] place) {
        if (!ended && (current == null || Arrays.compareUnsigned(current, place) < 0)) {
            if (current == null || !Arrays.equals(DocumentWalk.behind(current), place)) {
                keys.seek(place);
            }
            ended = !keys.next();
            current = ended ? null : keys.key();
        }
        return current;
    }

    @Override
    public byte @Nullable [] entry() {
        return ended ? null : keys.value();
    }

    @Override
    public void close() {
        iterator.close();
    }
}
