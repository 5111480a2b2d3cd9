package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.Chain;

/** Counts what a restore has passed of the backup's log. Safe for concurrent use. */
final class Passed {
    private final Chain chain;
    private final Restore.Progress progress;
    private final long total;
    private long done;

    Passed(Chain chain, Restore.Progress progress) {
        this.chain = chain;
        this.progress = progress;
        total =
                chain.partitions().stream()
                        .filter(where -> where.topic().equals(Archive.LOG))
                        .mapToLong(this::length)
                        .sum();
    }

    private long length(ArchivedPartition where) {
        return chain.end(where) - chain.beginning(where);
    }

    /** All of a partition, which an earlier run has written. */
    void add(ArchivedPartition where) {
        add(length(where));
    }

    synchronized void add(long offsets) {
        done += offsets;
        progress.show(done, total);
    }
}
