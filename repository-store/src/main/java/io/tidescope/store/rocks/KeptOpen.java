package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Partitions that were closed while a node starts, and stay open for a moment.
 *
 * <p>Before Kafka Streams joins the group it opens every store it finds, to read how far each has
 * come, and closes it. It opens them again when the node is given them, one after the other on its
 * one thread. That thread is also what has to take part in the group's next agreement, for which
 * partitions wait that another node has given up for this one and nobody serves: so it had better
 * find them open. Safe for concurrent use.
 */
public final class KeptOpen {
    /** What was found out about a store and its topic when it was opened holds for so long. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Integer, Opened> kept = new HashMap<>();
    private boolean ended;

    public KeptOpen(InstantSource clock) {
        this.clock = clock;
    }

    /** A partition and where it is, as it was at some time. */
    record Opened(StoreDirectory directory, Partition partition, Instant since) {}

    /**
     * Keeps a partition that is being closed, to which nothing was applied since it was opened.
     *
     * @param since when its directory was looked at
     * @return false when it has to be closed, for the start is over
     */
    synchronized boolean keep(
            int number, StoreDirectory directory, Partition partition, Instant since) {
        if (ended) {
            return false;
        }
        kept.put(number, new Opened(directory, partition, since));
        return true;
    }

    /**
     * What was kept, which is the caller's from here on; null when there is nothing to go on with.
     */
    synchronized @Nullable Opened take(int number) {
        Opened opened = kept.remove(number);
        if (opened == null || clock.instant().isBefore(opened.since().plus(LIMIT))) {
            return opened;
        }
        opened.partition().close();
        return null;
    }

    /** The start is over: closes what nobody took, and keeps nothing any more. */
    public synchronized void end() {
        ended = true;
        kept.values().forEach(opened -> opened.partition().close());
        kept.clear();
    }
}
