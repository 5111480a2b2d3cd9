package io.tidescope.store.rocks;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ChecksumType;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;

import java.util.ArrayList;
import java.util.List;

/**
 * How RocksDB is set up for a store.
 *
 * <p>There is no write-ahead log: the topic is the log. All families are flushed together, so what
 * is on disk is always the state as of one record; closing flushes nothing, as a crash does not. A
 * first import writes everything once, so large trees and sources go to blob files, which
 * compactions leave alone. A blob is compressed by itself, though, which does little for small
 * ones: those share the blocks of tables with their neighbours, which look much like them.
 */
final class DatabaseOptions implements AutoCloseable {
    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    private static final int BLOCK_BYTES = 32 << 10;
    private static final int LARGE_VALUE_BYTES = 4 << 10;
    private static final int FILTER_BITS_PER_KEY = 10;

    /**
     * The part of the blob files, from the oldest on, that compactions look through for garbage.
     */
    static final double OLD_BLOBS = 0.25;

    private final List<AutoCloseable> owned = new ArrayList<>();
    private final DBOptions database;
    private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

    DatabaseOptions(NativeMemory memory) {
        database =
                own(new DBOptions())
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setAtomicFlush(true)
                        .setAvoidFlushDuringShutdown(true)
                        .setParanoidChecks(true)
                        .setWriteBufferManager(memory.writeBuffers())
                        .setStatistics(memory.statistics())
                        .setMaxBackgroundJobs(2)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setKeepLogFileNum(2)
                        .setStatsDumpPeriodSec(0);
        BloomFilter filter = own(new BloomFilter(FILTER_BITS_PER_KEY, false));
        for (Family family : Family.values()) {
            families.add(
                    new ColumnFamilyDescriptor(family.stored(), options(family, memory, filter)));
        }
    }

    DBOptions database() {
        return database;
    }

    /** In the order of {@link Family}. */
    List<ColumnFamilyDescriptor> families() {
        return families;
    }

    private ColumnFamilyOptions options(Family family, NativeMemory memory, BloomFilter filter) {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(memory.cache())
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setBlockSize(BLOCK_BYTES)
                        .setChecksumType(ChecksumType.kXXH3)
                        .setFormatVersion(5);
        if (family.isProbed()) {
            table.setFilterPolicy(filter);
        }
        ColumnFamilyOptions options =
                own(new ColumnFamilyOptions())
                        .setTableFormatConfig(table)
                        .setWriteBufferSize(WRITE_BUFFER_BYTES)
                        .setMaxWriteBufferNumber(4)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        if (family.isLarge()) {
            options.setEnableBlobFiles(true)
                    .setMinBlobSize(LARGE_VALUE_BYTES)
                    .setBlobCompressionType(CompressionType.ZSTD_COMPRESSION)
                    .setEnableBlobGarbageCollection(true)
                    .setBlobGarbageCollectionAgeCutoff(OLD_BLOBS);
        }
        return options;
    }

    private <T extends AutoCloseable> T own(T option) {
        owned.add(option);
        return option;
    }

    @Override
    public void close() {
        for (AutoCloseable option : owned.reversed()) {
            closeOne(option);
        }
    }

    private static void closeOne(AutoCloseable option) {
        try {
            option.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing an option cannot fail", e);
        }
    }
}
