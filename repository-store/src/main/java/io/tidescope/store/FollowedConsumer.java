package io.tidescope.store;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A consumer that tells after each poll how far it has come in each of its partitions, which Kafka
 * Streams knows and does not say. For one thread, like every consumer.
 */
final class FollowedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final boolean trustsPaused;
    private Follower follower = (partition, fetched) -> {};
    private final Map<TopicPartition, Long> lastFetched = new HashMap<>();

    /** Is told how far a consumer has come, on its thread. */
    interface Follower {
        void polled(int partition, Fetched fetched);

        default void closed() {}
    }

    /**
     * How far a consumer has come in a partition.
     *
     * @param last offset of the last record it returned; -1 for none
     * @param next offset from which it fetches
     * @param lag offsets behind that which it knows of, those of aborted records and of markers of
     *     transactions included; -1 when it does not know
     */
    record Fetched(long last, long next, long lag) {}

    /**
     * @param trustsPaused whether what it knew of a partition when it was paused is still told as
     *     its lag; else that is not known as long as it is paused
     */
    FollowedConsumer(Map<String, Object> configuration, boolean trustsPaused) {
        super(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.trustsPaused = trustsPaused;
    }

    /** Tells a follower from the next poll on. */
    FollowedConsumer followedBy(Follower next) {
        follower = next;
        return this;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> fetched = records.records(partition);
            lastFetched.put(partition, fetched.getLast().offset());
        }
        tell();
        return records;
    }

    private void tell() {
        Set<TopicPartition> assigned = assignment();
        lastFetched.keySet().retainAll(assigned);
        Set<TopicPartition> doubtful = trustsPaused ? Set.of() : paused();
        for (TopicPartition partition : assigned) {
            OptionalLong lag =
                    doubtful.contains(partition) ? OptionalLong.empty() : currentLag(partition);
            try {
                follower.polled(
                        partition.partition(),
                        new Fetched(
                                lastFetched.getOrDefault(partition, -1L),
                                position(partition, Duration.ZERO),
                                lag.orElse(-1)));
            } catch (TimeoutException e) {
                // Where it fetches from is being found out.
            }
        }
    }

    @Override
    public void close() {
        super.close();
        follower.closed();
    }

    @Override
    public void close(CloseOptions options) {
        super.close(options);
        follower.closed();
    }
}
