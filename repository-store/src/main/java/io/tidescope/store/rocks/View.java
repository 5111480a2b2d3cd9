package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;

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
    private final KnownDocuments knownDocuments;
    private final long number;

    View(Database database, RocksDB rocks, KnownDocuments knownDocuments) {
        this.database = database;
        this.rocks = rocks;
        this.knownDocuments = knownDocuments;
        long lastWrite = knownDocuments.lastWrite();
        snapshot = rocks.getSnapshot();
        number = knownDocuments.numberOfView(lastWrite);
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

    /** How far the store has come. */
    Progress progress() {
        return knownDocuments.progress(number, () -> Progress.read(this));
    }

    /** What is known of a document without reading it; null when nothing is. */
    KnownDocuments.@Nullable Known known(byte[] key) {
        return knownDocuments.find(key, number);
    }

    /** All documents, if they are at hand, or should be; else they have to be scanned. */
    @Nullable DocumentList all() {
        return knownDocuments.all(number, () -> DocumentList.read(this));
    }

    /** To be known of a document that was read in this view. */
    void remember(byte[] key, DocumentKey document, TreeContent content) {
        knownDocuments.remember(key, document, content, number);
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
