package io.tidescope.store.rocks;

import io.tidescope.store.query.NodeInspection.CacheUse;

import org.rocksdb.Cache;
import org.rocksdb.HistogramType;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBufferManager;

import java.util.EnumSet;

/**
 * The memory that all stores of a process share outside of the heap: one cache of blocks, from
 * which the write buffers are charged too.
 *
 * <p>Closed after the last store.
 */
public final class NativeMemory implements AutoCloseable {
    public static final long MIN_BYTES = 16L << 20;

    private static final String BLOCKS = "blocks";

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final Statistics statistics;
    private final long bytes;
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
        this.bytes = bytes;
        cache = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(maxWriteBufferBytes(), cache);
        // Counters cost little; histograms, with the clock they read, do not.
        statistics = new Statistics(EnumSet.allOf(HistogramType.class));
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Counts what all stores do. */
    Statistics statistics() {
        return statistics;
    }

    /**
     * What is kept of blocks and write buffers, and how often a block was there; none when closed.
     */
    public synchronized CacheUse use() {
        return closed
                ? new CacheUse(BLOCKS, 0, bytes, 0, 0)
                : new CacheUse(
                        BLOCKS,
                        cache.getUsage(),
                        bytes,
                        statistics.getTickerCount(TickerType.BLOCK_CACHE_HIT),
                        statistics.getTickerCount(TickerType.BLOCK_CACHE_MISS));
    }

    /** About how much of it write buffers take at most. */
    public long maxWriteBufferBytes() {
        return bytes / 2;
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
        statistics.close();
        cache.close();
    }
}
