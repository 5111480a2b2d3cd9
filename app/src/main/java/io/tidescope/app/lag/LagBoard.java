package io.tidescope.app.lag;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The lag of one consumer group, from what is looked at now and then. Looked at by one thread, read
 * by any.
 */
final class LagBoard {
    /**
     * The mark at the end of a transaction is no record. Everything in the topics was written in
     * transactions, so one mark is behind all that a group has read when it has read everything.
     */
    private static final long MARK = 1;

    private final Duration current;
    private final Map<TopicPartition, Arrivals> arrivals = new HashMap<>();
    private volatile Map<TopicPartition, PartitionLag> lags = Map.of();
    private final Instant since;
    private volatile @Nullable Instant lookedAt;

    /**
     * @param current how long a look tells how it is now
     * @param since when looking began
     */
    LagBoard(Duration current, Instant since) {
        this.current = current;
        this.since = since;
    }

    /**
     * Somebody has looked.
     *
     * @param ends where each partition ends
     * @param committed what the group reads next; nothing for a partition that it never read
     */
    void looked(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed, Instant now) {
        Map<TopicPartition, PartitionLag> next = new HashMap<>();
        ends.forEach(
                (partition, end) ->
                        next.put(
                                partition,
                                lag(partition, end, committed.getOrDefault(partition, 0L), now)));
        lags = Map.copyOf(next);
        lookedAt = now;
    }

    private PartitionLag lag(TopicPartition partition, long end, long read, Instant now) {
        Arrivals came = arrivals.computeIfAbsent(partition, unused -> new Arrivals());
        came.looked(end, now);
        long behind = end - read - MARK;
        if (behind <= 0) {
            came.waiting(end, now);
            return PartitionLag.NONE;
        }
        return new PartitionLag(behind, came.waiting(read + MARK, now));
    }

    /** Null when that is not known, or not as it is now. */
    @Nullable PartitionLag lag(TopicPartition partition, Instant now) {
        Instant last = lookedAt;
        return last == null || last.plus(current).isBefore(now) ? null : lags.get(partition);
    }

    /** How long ago the last look was, or looking began if there was none. */
    Duration age(Instant now) {
        Instant last = lookedAt;
        return Duration.between(last == null ? since : last, now);
    }
}
