package io.tidescope.store.rocks;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;

/** Writes all of a store anew, without what was overwritten and deleted. */
final class Compaction extends Errand {
    private final Database database;
    private @Nullable CompactRangeOptions running;

    /**
     * @param database stays open until it has ended
     */
    Compaction(Database database) {
        this.database = database;
    }

    @Override
    void run() {
        try (CompactRangeOptions options = begin()) {
            database.flush();
            Family[] families = Family.values();
            for (Family family : families) {
                reached(family.ordinal(), families.length);
                goOn();
                database.compact(family, options);
            }
            reached(families.length, families.length);
        } catch (TideScopeException e) {
            // What RocksDB says of one that was cancelled is that it is not complete.
            goOn();
            throw e;
        } finally {
            end();
        }
    }

    private synchronized CompactRangeOptions begin() {
        running =
                new CompactRangeOptions()
                        .setExclusiveManualCompaction(false)
                        .setBottommostLevelCompaction(BottommostLevelCompaction.kForceOptimized);
        return running;
    }

    private synchronized void end() {
        running = null;
    }

    @Override
    synchronized void cancel() {
        super.cancel();
        if (running != null) {
            running.setCanceled(true);
        }
    }
}
