package io.tidescope.store;

import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.HeldPartition.Opening;
import io.tidescope.store.query.NodeInspection.PartitionProgress;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.rocks.DiskUse;
import io.tidescope.store.rocks.ReadableStore;
import io.tidescope.store.rocks.StoreObserver;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Knows the partitions of this node and how each stands, from what their stores, the processors
 * that apply to them and the consumers that follow them tell. Safe for concurrent use.
 *
 * <p>A partition is {@code ACTIVE} while it is assigned to this node, has come to where the topic
 * ended when it was assigned, and the member of the group that has it knows that it still is one.
 * It is a {@code STANDBY} when it is not active but has caught up since it was opened, so also on
 * its way from one to the other; one that is still far behind is {@code RESTORING}.
 */
final class PartitionBoard implements StoreObserver, StateRestoreListener {
    private final Map<Integer, HeldPartition> held = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /**
     * @param nanoTime this process's monotonic clock
     */
    PartitionBoard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What the node has of a partition; null when that is nothing. */
    @Nullable HeldPartition find(int partition) {
        return held.get(partition);
    }

    /** All that the node holds now. */
    Collection<HeldPartition> partitions() {
        return held.values();
    }

    /** What all of them take on disk and in write buffers. */
    DiskUse diskUse() {
        return held.values().stream()
                .map(here -> here.store().diskUse())
                .reduce(DiskUse.NONE, DiskUse::plus);
    }

    List<NodeStatus.Held> held() {
        return held.entrySet().stream()
                .map(
                        entry ->
                                new NodeStatus.Held(
                                        entry.getKey(),
                                        entry.getValue().state(),
                                        entry.getValue().standing()))
                .toList();
    }

    /** How far each has come, in their order. */
    List<PartitionProgress> progress() {
        long now = nanoTime.getAsLong();
        return held.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> progress(entry.getKey(), entry.getValue(), now))
                .toList();
    }

    private static PartitionProgress progress(int partition, HeldPartition here, long now) {
        return new PartitionProgress(
                partition,
                here.state(),
                here.standing(),
                here.opening().position(),
                here.end(),
                TimeUnit.NANOSECONDS.toMillis(now - here.opening().nanoTime()));
    }

    /**
     * How each of so many partitions stands.
     *
     * @param assigned those that are to be here; one that is not opened yet is on its way
     */
    List<PartitionStatus> all(int partitions, Set<Integer> assigned) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> status(partition, assigned.contains(partition)))
                .toList();
    }

    private PartitionStatus status(int partition, boolean assigned) {
        HeldPartition here = held.get(partition);
        if (here == null) {
            PartitionStatus.State state =
                    assigned ? PartitionStatus.State.RESTORING : PartitionStatus.State.ABSENT;
            return new PartitionStatus(partition, state, -1, -1, 0);
        }
        PartitionStatus.State state =
                switch (here.state()) {
                    case RESTORING -> PartitionStatus.State.RESTORING;
                    case STANDBY -> PartitionStatus.State.STANDBY;
                    case ACTIVE -> PartitionStatus.State.ACTIVE;
                };
        return new PartitionStatus(
                partition, state, here.position(), here.restoreEnd(), here.restored());
    }

    @Override
    public void opened(int partition, ReadableStore store, long position) {
        Opening opening = new Opening(position, nanoTime.getAsLong());
        held.put(partition, HeldPartition.opened(store, opening));
    }

    @Override
    public void applied(int partition, long offset) {
        change(partition, here -> here.applied(offset));
    }

    @Override
    public boolean isCurrent(int partition) {
        HeldPartition here = held.get(partition);
        return here != null && here.lag() == 0;
    }

    @Override
    public void closed(int partition) {
        held.remove(partition);
    }

    /** The node begins to apply the partition's records, or ends. */
    void applying(int partition, boolean begins) {
        change(partition, here -> here.applying(begins));
    }

    /** A member of the group polled a partition that is assigned to it. */
    void polled(int partition, Fetched fetched, Lease lease) {
        change(partition, here -> here.applying() ? here.polled(fetched, lease) : here);
    }

    /** The consumer that restores, and follows for standbys, polled a partition. */
    void restorePolled(int partition, Fetched fetched) {
        change(partition, here -> here.applying() ? here : here.polled(fetched, null));
    }

    @Override
    public void onRestoreStart(TopicPartition topic, String store, long start, long end) {
        change(topic.partition(), here -> here.restoring(end));
    }

    @Override
    public void onBatchRestored(TopicPartition topic, String store, long last, long count) {
        change(topic.partition(), here -> here.restored(count));
    }

    @Override
    public void onRestoreEnd(TopicPartition topic, String store, long total) {}

    private void change(int partition, UnaryOperator<HeldPartition> change) {
        held.computeIfPresent(partition, (number, here) -> change.apply(here));
    }
}
