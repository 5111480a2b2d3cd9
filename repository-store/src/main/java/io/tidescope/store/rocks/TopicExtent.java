package io.tidescope.store.rocks;

import org.apache.kafka.common.Uuid;

import java.time.Duration;

/**
 * A partition of the {@code documents} topic as the cluster tells of it.
 *
 * @param topic another one in another cluster, and after the topic was deleted and created again
 * @param begin offset from which the partition still has what was written to it
 * @param end offset of the next record written to it
 * @param tombstonesKept how long it keeps a tombstone at least
 */
public record TopicExtent(Uuid topic, long begin, long end, Duration tombstonesKept) {
    private static final Duration MAX_TOLERANCE = Duration.ofHours(1);
    private static final int TOLERANCES = 16;

    /**
     * By how much the time may be wrong at which a store was last up to date: little of what
     * tombstones are kept for.
     */
    Duration tolerance() {
        Duration part = tombstonesKept.dividedBy(TOLERANCES);
        return part.compareTo(MAX_TOLERANCE) < 0 ? part : MAX_TOLERANCE;
    }

    /** Asks the cluster. */
    @FunctionalInterface
    public interface Source {
        /**
         * The partition as it is now.
         *
         * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when the cluster does not
         *     answer
         */
        TopicExtent now(int partition);
    }
}
