package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Tells in memory of a name whether a partition may have a definition of it. A name is defined in
 * few partitions, and all are asked: to find nothing in RocksDB costs more than the rest of such a
 * question.
 *
 * <p>A Bloom filter of all names that were ever written since it was made. It is made when it is
 * first asked, and anew when it has become too full. Names are added before what is written can be
 * seen, so a name that it has not is in no state of the partition up to now. One thread at a time
 * writes, any number ask.
 */
final class DefinedNames {
    private static final int BITS_PER_NAME = 16;
    private static final int PROBES = 4;

    /** It has room for so many names at least, and for twice as many as it is made of. */
    private static final int LEAST = 4096;

    /** For more it is not made: they would take megabytes, and a second to go over. */
    private static final int MOST = 1 << 20;

    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Filter filter;
    private volatile boolean tooMany;

    /** Of names that are written while a filter is made; null while none is. Guarded by this. */
    private @Nullable Hashes written;

    /**
     * Whether there may be a definition of a name.
     *
     * @param all opens an iterator over all of them, as they are now
     */
    boolean mayHave(byte[] name, Supplier<RocksIterator> all) {
        Filter known = filter;
        if (known == null) {
            known = make(all);
        }
        return known == null || known.has(hash(name, name.length));
    }

    /** Writes, having taken in the names in some of the keys that are written. */
    synchronized void writing(Iterable<byte[]> keys, Runnable write) {
        Filter known = filter;
        for (byte[] key : keys) {
            long hash = hash(key, PostingKey.nameLength(key));
            if (known != null) {
                known.add(hash);
            }
            if (written != null) {
                written.add(hash);
            }
        }
        if (known != null && known.isFull()) {
            filter = null;
        }
        write.run();
    }

    /** Makes the filter, if nobody else does; null when there is none yet. */
    private @Nullable Filter make(Supplier<RocksIterator> all) {
        if (tooMany || !making.tryLock()) {
            return null;
        }
        try {
            return filter == null ? makeNow(all) : filter;
        } finally {
            making.unlock();
        }
    }

    private @Nullable Filter makeNow(Supplier<RocksIterator> all) {
        RocksIterator iterator;
        synchronized (this) {
            // What is written from here on is not in the iterator.
            written = new Hashes();
            iterator = all.get();
        }
        try (iterator) {
            Hashes found = hashes(iterator);
            synchronized (this) {
                if (found.size > MOST) {
                    tooMany = true;
                    return null;
                }
                Hashes later = Objects.requireNonNull(written);
                Filter made = new Filter(Math.max(LEAST, 2 * (found.size + later.size)));
                found.forEachIn(made);
                later.forEachIn(made);
                filter = made;
                return made;
            }
        } finally {
            synchronized (this) {
                written = null;
            }
        }
    }

    private static Hashes hashes(RocksIterator iterator) {
        Hashes hashes = new Hashes();
        iterator.seekToFirst();
        while (iterator.isValid() && hashes.size <= MOST) {
            byte[] key = iterator.key();
            // A name has a key for each block.
            hashes.addDistinct(hash(key, PostingKey.nameLength(key)));
            iterator.next();
        }
        Database.check(iterator);
        return hashes;
    }

    /** FNV-1a, with its bits mixed. */
    private static long hash(byte[] bytes, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ bytes[i] & 0xFF) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }

    /** Hashes of names, as they come. */
    private static final class Hashes {
        private long[] hashes = new long[1024];
        private int size;

        void add(long hash) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            hashes[size++] = hash;
        }

        void addDistinct(long hash) {
            if (size == 0 || hashes[size - 1] != hash) {
                add(hash);
            }
        }

        void forEachIn(Filter filter) {
            for (int i = 0; i < size; i++) {
                filter.add(hashes[i]);
            }
        }
    }

    /** One thread at a time adds, any number ask. */
    private static final class Filter {
        private final AtomicLongArray words;
        private final int capacity;
        private int size;

        Filter(int capacity) {
            this.capacity = capacity;
            words = new AtomicLongArray((int) ((long) capacity * BITS_PER_NAME / Long.SIZE));
        }

        boolean has(long hash) {
            for (int probe = 0; probe < PROBES; probe++) {
                long bit = bit(hash, probe);
                if ((words.get((int) (bit >>> 6)) & 1L << bit) == 0) {
                    return false;
                }
            }
            return true;
        }

        void add(long hash) {
            boolean isNew = false;
            for (int probe = 0; probe < PROBES; probe++) {
                long bit = bit(hash, probe);
                int word = (int) (bit >>> 6);
                long before = words.get(word);
                if ((before & 1L << bit) == 0) {
                    words.set(word, before | 1L << bit);
                    isNew = true;
                }
            }
            size += isNew ? 1 : 0;
        }

        boolean isFull() {
            return size > capacity;
        }

        private long bit(long hash, int probe) {
            long spread = (int) hash + (long) probe * (int) (hash >>> 32);
            return Math.floorMod(spread, (long) words.length() * Long.SIZE);
        }
    }
}
