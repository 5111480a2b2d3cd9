package io.tidescope.store.rocks;

import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An open partition and those who read from it, any number at a time. Closing waits for them, until
 * their deadlines at most. Safe for concurrent use.
 */
final class SharedPartition {
    private final Partition partition;
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private boolean closed;

    SharedPartition(Partition partition) {
        this.partition = partition;
    }

    /** For the one who applies, and who closes. */
    Partition partition() {
        return partition;
    }

    /** Reads, unless it is closed or being closed. */
    <R> Optional<R> read(Function<Partition, R> reading) {
        if (!inUse.readLock().tryLock()) {
            return Optional.empty();
        }
        try {
            return closed ? Optional.empty() : Optional.of(reading.apply(partition));
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Closes it; nobody new must find it any more, or they would keep overtaking. */
    void close() {
        close(unused -> false);
    }

    /**
     * @param keeps does what is left to do and whether it takes the partition over, open
     */
    void close(Predicate<Partition> keeps) {
        inUse.writeLock().lock();
        closed = true;
        boolean kept = false;
        try {
            kept = keeps.test(partition);
        } finally {
            if (!kept) {
                partition.close();
            }
            inUse.writeLock().unlock();
        }
    }
}
