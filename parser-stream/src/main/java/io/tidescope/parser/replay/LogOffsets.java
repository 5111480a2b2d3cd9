package io.tidescope.parser.replay;

import io.tidescope.schemas.KafkaProblem;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Offsets of a topic and of who reads it, by partition, as the brokers tell them. */
final class LogOffsets {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final String topic;
    private final int partitions;

    LogOffsets(Admin admin, String topic, int partitions) {
        this.admin = admin;
        this.topic = topic;
        this.partitions = partitions;
    }

    SortedMap<Integer, Long> begins() throws InterruptedException {
        return at(OffsetSpec.earliest());
    }

    SortedMap<Integer, Long> ends() throws InterruptedException {
        return at(OffsetSpec.latest());
    }

    /** Where what is committed ends, before the first open transaction. */
    SortedMap<Integer, Long> committedEnds() throws InterruptedException {
        return at(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** The first record that was written then or later; -1 where there is none. */
    SortedMap<Integer, Long> since(Instant time) throws InterruptedException {
        return at(OffsetSpec.forTimestamp(time.toEpochMilli()));
    }

    /**
     * Up to where a group has come, once transactions that tell it have ended; partitions that it
     * never read are missing.
     */
    SortedMap<Integer, Long> committed(String group) throws InterruptedException {
        SortedMap<Integer, Long> committed = new TreeMap<>();
        await(
                        admin.listConsumerGroupOffsets(
                                        group,
                                        new ListConsumerGroupOffsetsOptions().requireStable(true))
                                .partitionsToOffsetAndMetadata())
                .forEach(
                        (partition, offset) -> {
                            if (offset != null && partition.topic().equals(topic)) {
                                committed.put(partition.partition(), offset.offset());
                            }
                        });
        return committed;
    }

    private SortedMap<Integer, Long> at(OffsetSpec where) throws InterruptedException {
        return at(where, IsolationLevel.READ_UNCOMMITTED);
    }

    private SortedMap<Integer, Long> at(OffsetSpec where, IsolationLevel isolation)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        IntStream.range(0, partitions)
                .forEach(number -> asked.put(new TopicPartition(topic, number), where));
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        await(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not tell offsets", e);
        }
    }
}
