package io.tidescope.store.rocks;

/**
 * What RocksDB does with a partition.
 *
 * @param tableBytes bytes of its tables on disk
 * @param memtableBytes bytes written that are not in tables yet
 * @param pendingCompactionBytes about how many bytes have to be rewritten until its levels are as
 *     they should be
 */
public record DiskUse(long tableBytes, long memtableBytes, long pendingCompactionBytes) {
    public static final DiskUse NONE = new DiskUse(0, 0, 0);

    public DiskUse plus(DiskUse other) {
        return new DiskUse(
                tableBytes + other.tableBytes,
                memtableBytes + other.memtableBytes,
                pendingCompactionBytes + other.pendingCompactionBytes);
    }
}
