package io.tidescope.store;

import io.tidescope.store.PartitionStatus.State;
import io.tidescope.store.rocks.StoreObserver;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Knows how far each partition of this node has come, from what its stores and Kafka Streams tell.
 * Safe for concurrent use.
 */
final class PartitionBoard implements StoreObserver, StateRestoreListener {
    private static final long UNKNOWN = -1;

    private final Map<Integer, PartitionStatus> byPartition = new ConcurrentHashMap<>();

    PartitionStatus status(int partition) {
        PartitionStatus status = byPartition.get(partition);
        return status == null
                ? new PartitionStatus(partition, State.ABSENT, UNKNOWN, UNKNOWN, 0)
                : status;
    }

    List<PartitionStatus> all(int partitions) {
        return IntStream.range(0, partitions).mapToObj(this::status).toList();
    }

    @Override
    public void opened(int partition) {
        byPartition.put(
                partition, new PartitionStatus(partition, State.RESTORING, UNKNOWN, UNKNOWN, 0));
    }

    @Override
    public void applied(int partition, long offset) {
        byPartition.computeIfPresent(
                partition,
                (number, status) ->
                        new PartitionStatus(
                                number,
                                status.state(),
                                offset,
                                status.restoreEnd(),
                                status.restored()));
    }

    @Override
    public void closed(int partition) {
        byPartition.remove(partition);
    }

    @Override
    public void onRestoreStart(TopicPartition topic, String store, long start, long end) {
        byPartition.computeIfPresent(
                topic.partition(),
                (number, status) ->
                        new PartitionStatus(
                                number,
                                State.RESTORING,
                                Math.max(status.position(), start - 1),
                                end,
                                status.restored()));
    }

    @Override
    public void onBatchRestored(TopicPartition topic, String store, long last, long count) {
        byPartition.computeIfPresent(
                topic.partition(),
                (number, status) ->
                        new PartitionStatus(
                                number,
                                status.state(),
                                status.position(),
                                status.restoreEnd(),
                                status.restored() + count));
    }

    @Override
    public void onRestoreEnd(TopicPartition topic, String store, long total) {
        byPartition.computeIfPresent(
                topic.partition(),
                (number, status) ->
                        new PartitionStatus(
                                number,
                                State.READY,
                                status.position(),
                                status.restoreEnd(),
                                status.restored()));
    }
}
