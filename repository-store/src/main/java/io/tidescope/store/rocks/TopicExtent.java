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
