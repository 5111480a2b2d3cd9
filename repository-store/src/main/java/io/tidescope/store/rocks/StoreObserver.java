package io.tidescope.store.rocks;

/**
 * Is told what happens to the stores of a process, on the threads on which it happens, and knows
 * what goes on around them.
 */
public interface StoreObserver {
    /** The partition's store is open at some position, and not yet restored. */
    void opened(int partition, ReadableStore store, long position);

    /** The partition's store has come to an offset. */
    void applied(int partition, long offset);

    /** Whether the partition's store holds all that its topic was known to have when last read. */
    boolean isCurrent(int partition);

    /** Nobody new gets in; those inside are still answered. */
    void closed(int partition);
}
