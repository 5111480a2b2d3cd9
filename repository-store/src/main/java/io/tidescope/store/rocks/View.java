package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** A store as it was at one moment, between two records. For one thread; has to be closed. */
final class View implements AutoCloseable {
    private final Database database;
    private final RocksDB rocks;
    private final Snapshot snapshot;
    private final ReadOptions options;

    View(Database database, RocksDB rocks) {
        this.database = database;
        this.rocks = rocks;
        snapshot = rocks.getSnapshot();
        options = new ReadOptions().setSnapshot(snapshot);
    }

    byte @Nullable [] find(Family family, byte[] key) {
        return database.find(family, key, options);
    }

    /** What is there, which may be nothing. */
    byte[] findOrEmpty(Family family, byte[] key) {
        byte[] value = find(family, key);
        return value == null ? new byte[0] : value;
    }

    /** An iterator that stands nowhere yet; the caller closes it before the view. */
    RocksIterator scan(Family family) {
        return database.scan(family, options);
    }

    @Override
    public void close() {
        options.close();
        rocks.releaseSnapshot(snapshot);
        snapshot.close();
    }
}
