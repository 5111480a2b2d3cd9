package io.tidescope.store.rocks;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;

import java.util.function.Supplier;

/** Writes all of a store anew, without what was overwritten and deleted. */
final class Compaction extends Errand {
    private final Supplier<Database> database;
    private @Nullable CompactRangeOptions running;

    /**
     * @param database the one that is open when it begins, and until it has ended
     */
    Compaction(Supplier<Database> database) {
        this.database = database;
    }

    @Override
    void run() {
        Database open = database.get();
        try (CompactRangeOptions options = begin()) {
            try {
                compact(open, options);
            } catch (TideScopeException e) {
                // What RocksDB says of one that was cancelled is that it is not complete.
                goOn();
                throw e;
            } finally {
                // Before they are freed: nobody must cancel them then.
                end();
            }
        }
    }

    private void compact(Database open, CompactRangeOptions options) {
        open.flush();
        Family[] families = Family.values();
        for (Family family : families) {
            reached(family.ordinal(), families.length);
            goOn();
            open.compact(family, options);
        }
        reached(families.length, families.length);
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
