package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.PartitionInspection;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One RocksDB and its column families. One thread at a time writes, any number read; nobody may be
 * inside when it is closed.
 */
final class Database implements AutoCloseable {
    /** As many as RocksDB has unless it is told otherwise. */
    private static final int LEVELS = 7;

    private final DatabaseOptions options;
    private final RocksDB rocks;
    private final List<ColumnFamilyHandle> handles;
    private final int[] familyIds;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final ReadOptions latest = new ReadOptions();
    private final KnownDocuments knownDocuments = new KnownDocuments();
    private final DefinedNames definedNames = new DefinedNames();

    private Database(DatabaseOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.options = options;
        this.rocks = rocks;
        this.handles = handles;
        familyIds = handles.stream().mapToInt(ColumnFamilyHandle::getID).toArray();
    }

    /**
     * @throws TideScopeException CORRUPT when what is there is damaged, UNAVAILABLE when it is in
     *     use or cannot be read
     */
    static Database open(Path directory, NativeMemory memory) {
        DatabaseOptions options = new DatabaseOptions(memory);
        try {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB rocks =
                    RocksDB.open(
                            options.database(), directory.toString(), options.families(), handles);
            return new Database(options, rocks, handles);
        } catch (RocksDBException e) {
            options.close();
            throw failed("opening " + directory, e);
        }
    }

    byte @Nullable [] find(Family family, byte[] key) {
        return find(family, key, latest);
    }

    /** Whether a name may be defined; if not, it was in no state up to now. */
    boolean mayDefine(String name) {
        return definedNames.mayHave(
                name.getBytes(StandardCharsets.UTF_8), () -> scan(Family.DEFINITIONS, latest));
    }

    /** What is read through the view stays as it is now, whatever is written meanwhile. */
    View view() {
        return new View(this, rocks, knownDocuments);
    }

    byte @Nullable [] find(Family family, byte[] key, ReadOptions as) {
        try {
            return rocks.get(handle(family), as, key);
        } catch (RocksDBException e) {
            throw failed("reading " + family, e);
        }
    }

    /** An iterator over a family that stands nowhere yet; the caller closes it. */
    RocksIterator scan(Family family, ReadOptions as) {
        return rocks.newIterator(handle(family), as);
    }

    /** Refuses what an iterator found damaged; to be called where it says that it is at its end. */
    static void check(RocksIterator iterator) {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw failed("scanning", e);
        }
    }

    void write(Changes changes) {
        definedNames.writing(
                changes.keys(Family.DEFINITIONS),
                () ->
                        knownDocuments.writing(
                                changes.keys(Family.DOCUMENTS), () -> writeNow(changes)));
    }

    private void writeNow(Changes changes) {
        try (WriteBatch batch = changes.toBatch(familyIds)) {
            rocks.write(unlogged, batch);
        } catch (RocksDBException e) {
            throw failed("writing", e);
        }
    }

    /** Returns when everything written is on disk. */
    void flush() {
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            rocks.flush(wait, handles);
        } catch (RocksDBException e) {
            throw failed("flushing", e);
        }
    }

    /**
     * Writes a family anew. Takes long, and reads and writes go on meanwhile.
     *
     * @throws TideScopeException INTERNAL when it was cancelled
     */
    void compact(Family family, CompactRangeOptions options) {
        ColumnFamilyHandle handle = handle(family);
        try {
            if (!family.isLarge()) {
                rocks.compactRange(handle, null, null, options);
                return;
            }
            // Else only the oldest quarter of the blobs is looked through.
            collectBlobs(handle, 1);
            try {
                rocks.compactRange(handle, null, null, options);
            } finally {
                collectBlobs(handle, DatabaseOptions.OLD_BLOBS);
            }
        } catch (RocksDBException e) {
            throw failed("compacting " + family, e);
        }
    }

    private void collectBlobs(ColumnFamilyHandle handle, double oldest) throws RocksDBException {
        rocks.setOptions(
                handle,
                MutableColumnFamilyOptions.builder()
                        .setBlobGarbageCollectionAgeCutoff(oldest)
                        .build());
    }

    /** Bytes of all that is in use on disk. */
    long liveBytes() {
        return sum("rocksdb.live-sst-files-size") + sum("rocksdb.live-blob-file-size");
    }

    DiskUse diskUse() {
        return new DiskUse(
                sum("rocksdb.total-sst-files-size"),
                sum("rocksdb.cur-size-all-mem-tables"),
                sum("rocksdb.estimate-pending-compaction-bytes"));
    }

    /** A family as it is stored now. */
    PartitionInspection.Family inspect(Family family) {
        return new PartitionInspection.Family(
                family.label(),
                number(family, "rocksdb.estimate-num-keys"),
                number(family, "rocksdb.total-sst-files-size"),
                number(family, "rocksdb.total-blob-file-size"),
                IntStream.range(0, LEVELS).mapToObj(level -> files(family, level)).toList());
    }

    private long number(Family family, String property) {
        try {
            return rocks.getLongProperty(handle(family), property);
        } catch (RocksDBException e) {
            throw failed("reading " + property, e);
        }
    }

    private int files(Family family, int level) {
        String property = "rocksdb.num-files-at-level" + level;
        try {
            return Integer.parseInt(rocks.getProperty(handle(family), property));
        } catch (RocksDBException e) {
            throw failed("reading " + property, e);
        }
    }

    private long sum(String property) {
        try {
            return rocks.getAggregatedLongProperty(property);
        } catch (RocksDBException e) {
            throw failed("reading " + property, e);
        }
    }

    private ColumnFamilyHandle handle(Family family) {
        return handles.get(family.ordinal());
    }

    /** Closes without flushing: what was not flushed is in the topic. */
    @Override
    public void close() {
        handles.forEach(ColumnFamilyHandle::close);
        rocks.close();
        latest.close();
        unlogged.close();
        options.close();
    }

    private static TideScopeException failed(String doing, RocksDBException e) {
        Status status = e.getStatus();
        Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
        ErrorCode error =
                switch (code) {
                    case Corruption -> ErrorCode.CORRUPT;
                    case IOError, Busy, TimedOut, TryAgain, Aborted -> ErrorCode.UNAVAILABLE;
                    default -> ErrorCode.INTERNAL;
                };
        return new TideScopeException(error, doing + " failed: " + e.getMessage(), e);
    }
}
