package io.tidescope.store.rocks;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Apply records for all stores of a process: several stores side by side, the records of one in
 * their order.
 *
 * <p>They are threads of their own because Kafka Streams has only one in a node. If it had several,
 * a standby that becomes active could change from one to another, which closes its store, and tries
 * to open it again only after a pause: for a second or more nobody would answer for the partition.
 */
public final class Appliers {
    /** Bytes of records that wait to be applied; whoever has more to hand over waits, too. */
    static final int ROOM_BYTES = 32 << 20;

    private final Executor threads;
    private final Semaphore room = new Semaphore(ROOM_BYTES, true);

    /**
     * @param threads must take work for as long as a store is open
     */
    public Appliers(Executor threads) {
        this.threads = threads;
    }

    Lane lane() {
        return new Lane(threads, room);
    }
}
