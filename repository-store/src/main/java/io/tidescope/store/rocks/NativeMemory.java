package io.tidescope.store.rocks;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all stores of a process share outside of the heap: one cache of blocks, from
 * which the write buffers are charged too.
 *
 * <p>Closed after the last store.
 */
public final class NativeMemory implements AutoCloseable {
    public static final long MIN_BYTES = 16L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private boolean closed;

    /**
     * @param bytes bound of blocks and write buffers together, at least {@link #MIN_BYTES}; half of
     *     it at most goes to write buffers
     */
    public NativeMemory(long bytes) {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "native memory must be at least %d bytes, not %d".formatted(MIN_BYTES, bytes));
        }
        cache = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Bytes in use for blocks and write buffers; none when closed. */
    public synchronized long usedBytes() {
        return closed ? 0 : cache.getUsage();
    }

    /** Bytes that cannot be given up now: write buffers, and blocks being read. */
    public synchronized long pinnedBytes() {
        return closed ? 0 : cache.getPinnedUsage();
    }

    @Override
    public synchronized void close() {
        closed = true;
        writeBuffers.close();
        cache.close();
    }
}
