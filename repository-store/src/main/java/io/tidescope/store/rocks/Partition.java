package io.tidescope.store.rocks;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One partition's database and how records change it; live updates, restores and rebuilds all come
 * through {@link #apply}.
 *
 * <p>A record changes documents, indices, statistics and position in one atomic write, so the
 * database is always that of some position. Records at or before the position are skipped, which
 * makes replays harmless. One thread at a time applies; queries may run meanwhile.
 */
final class Partition implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Partition.class);

    /** Records share a write up to about this size; they are seen together or not at all. */
    private static final int WRITE_BYTES = 4 << 20;

    private final int number;
    private final Database database;
    private final AvroSerde<DocumentRecord> serde;
    private final StoreMetrics metrics;
    private final TreeCache trees;
    private final DefaultRefs defaultRefs = new DefaultRefs();
    private volatile Progress progress;

    /**
     * Opens what is in the directory, or an empty partition.
     *
     * @throws io.tidescope.schemas.TideScopeException what {@link Database#open} throws, CORRUPT
     *     when what it opened is damaged
     */
    static Partition open(int number, Path directory, DocumentStoreBuilder made) {
        Database database = Database.open(directory, made.memory());
        try {
            return new Partition(number, database, made);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private Partition(int number, Database database, DocumentStoreBuilder made) {
        this.number = number;
        this.database = database;
        serde = made.serde();
        metrics = made.metrics();
        trees = made.trees();
        progress = Progress.read(database);
        try (View view = database.view()) {
            Revisions.list(view).forEach(defaultRefs::see);
        }
    }

    Progress progress() {
        return progress;
    }

    DefaultRefs defaultRefs() {
        return defaultRefs;
    }

    TreeCache trees() {
        return trees;
    }

    Database database() {
        return database;
    }

    /**
     * Applies records in the order of their offsets; those already applied change nothing.
     *
     * @return the revisions that the partition has come to by them
     */
    List<RevisionMarker> apply(List<StoreRecord> records) {
        List<RevisionMarker> revisions = new ArrayList<>();
        Write write = new Write();
        for (StoreRecord record : records) {
            if (record.offset() <= write.progress.position()) {
                metrics.skipped();
                continue;
            }
            StoreChange change = StoreChange.of(record, serde);
            if (write.mustPrecede(record, change)) {
                write.finish();
                write = new Write();
            }
            write.add(record, change);
            if (change instanceof StoreChange.Mark(RevisionMarker revision)) {
                revisions.add(revision);
            }
        }
        write.finish();
        return revisions;
    }

    @Override
    public void close() {
        database.close();
    }

    /** Records on their way into the database together. */
    private final class Write {
        private final Changes changes = new Changes();
        private final IndexChanges index = new IndexChanges(database, changes);
        private final Set<ByteBuffer> documents = new HashSet<>();
        private Progress progress = Partition.this.progress;
        private int records;
        private boolean marks;

        /**
         * Whether the change has to find this write in the database: a document's second version
         * replaces what the first one put there, and markers count commits.
         */
        boolean mustPrecede(StoreRecord record, StoreChange change) {
            return records > 0
                    && (changes.bytes() + index.bytes() >= WRITE_BYTES
                            || marks
                            || change instanceof StoreChange.Mark
                            || change instanceof StoreChange.Unmark
                            || documents.contains(ByteBuffer.wrap(record.key())));
        }

        void add(StoreRecord record, StoreChange change) {
            byte[] key = record.key();
            switch (change) {
                case StoreChange.Put put -> {
                    documents.add(ByteBuffer.wrap(key));
                    progress =
                            Documents.put(key, put.document(), database, changes, index, progress);
                }
                case StoreChange.Remove() -> {
                    documents.add(ByteBuffer.wrap(key));
                    progress = Documents.remove(key, database, changes, index, progress);
                }
                case StoreChange.Mark(RevisionMarker marker) -> {
                    marks = true;
                    Revisions.apply(marker, database, changes);
                    defaultRefs.see(marker);
                }
                case StoreChange.Unmark(RefKey ref) -> {
                    marks = true;
                    Revisions.forget(ref, database, changes);
                    defaultRefs.forget(ref);
                }
                case StoreChange.Unreadable(String why) -> {
                    metrics.unreadable();
                    log.atError()
                            .addKeyValue("partition", number)
                            .addKeyValue("offset", record.offset())
                            .addKeyValue("reason", why)
                            .log("record left out: it cannot be read");
                }
            }
            progress = progress.at(record.offset());
            records++;
        }

        void finish() {
            if (records > 0) {
                index.finish();
                progress.put(changes);
                database.write(changes);
                Partition.this.progress = progress;
                metrics.applied(records);
            }
        }
    }
}
