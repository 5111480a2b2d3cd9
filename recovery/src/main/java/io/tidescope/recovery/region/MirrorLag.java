package io.tidescope.recovery.region;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tidescope.recovery.restore.TopicScan;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far a mirror is behind.
 *
 * @param begun whether MirrorMaker ever wrote down how far it has come
 * @param records of the source's log that are not in the mirror yet
 * @param counted whether that is all of them, and not only at least so many
 * @param oldest when the oldest of them was written, in milliseconds since 1970; null when there
 *     are none
 * @param open whether something is under way in the source: what others have published behind it
 *     cannot be read, and is in neither number, until that has ended
 */
public record MirrorLag(
        boolean begun, long records, boolean counted, @Nullable Long oldest, boolean open) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration ALL = Duration.ofDays(1);

    /** What is found while it is counted. */
    private static final class Behind {
        private final long until;
        private long records;
        private boolean counted = true;
        private @Nullable Long oldest;

        Behind(Duration counting) {
            until = System.nanoTime() + counting.toNanos();
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            records++;
            oldest = oldest == null ? record.timestamp() : Math.min(oldest, record.timestamp());
        }

        /** Asked where there may be more: that there is anything at all is always found out. */
        boolean isEnough() {
            boolean enough = records > 0 && System.nanoTime() - until > 0;
            counted &= !enough;
            return enough;
        }
    }

    public boolean isCaughtUp() {
        return begun && records == 0 && !open;
    }

    /** For people. */
    public String describe() {
        String some = (counted ? "%d records" : "at least %d records").formatted(records);
        if (!begun) {
            return "the mirror has not begun, and %s are to come".formatted(some);
        }
        return records == 0 && open
                ? "what is published behind a publish that has not ended cannot be read yet"
                : some + " are not mirrored yet";
    }

    /**
     * Reads from the mirror's cluster how far MirrorMaker has come, and from the source's what
     * there is behind that.
     *
     * @throws TideScopeException UNAVAILABLE when one of the clusters does not answer
     */
    public static MirrorLag of(RegionEpoch epoch, RegionCluster source, RegionCluster mirror) {
        return of(epoch, source, mirror, ALL);
    }

    /**
     * The same, of a mirror that may be so far behind that reading all of it takes long.
     *
     * @param counting how long to read and count; whether it is behind is found out in any case
     * @throws TideScopeException UNAVAILABLE when one of the clusters does not answer
     */
    public static MirrorLag of(
            RegionEpoch epoch, RegionCluster source, RegionCluster mirror, Duration counting) {
        try {
            return read(epoch, source, mirror, counting);
        } catch (KafkaException e) {
            throw KafkaProblem.of("of one of the regions did not answer", e);
        }
    }

    private static MirrorLag read(
            RegionEpoch epoch, RegionCluster source, RegionCluster mirror, Duration counting) {
        Map<TopicPartition, Long> copied = copied(epoch, mirror);
        // Before it is read: what ends between the two would be seen by neither.
        boolean open = isOpen(source);
        Behind behind = new Behind(counting);
        try (TopicScan scan = new TopicScan(source.kafka())) {
            for (Topic topic : source.topics().published()) {
                for (int i = 0; i < topic.partitions() && !behind.isEnough(); i++) {
                    TopicPartition partition = new TopicPartition(topic.name(), i);
                    long from = copied.getOrDefault(partition, -1L) + 1;
                    scan.read(partition, from, behind::add, behind::isEnough);
                }
            }
        }
        return new MirrorLag(
                !copied.isEmpty(), behind.records, behind.counted, behind.oldest, open);
    }

    /** Whether some partition goes on behind what can be read of it. */
    private static boolean isOpen(RegionCluster source) {
        Map<TopicPartition, OffsetSpec> asked = TopicRecords.ends(source.topics().published());
        try (Admin admin = Admin.create(source.kafka().clientProperties())) {
            Map<TopicPartition, Long> readable = ends(admin, asked, IsolationLevel.READ_COMMITTED);
            return ends(admin, asked, IsolationLevel.READ_UNCOMMITTED).entrySet().stream()
                    .anyMatch(end -> end.getValue() > readable.getOrDefault(end.getKey(), 0L));
        }
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> asked, IsolationLevel isolation) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(asked, new ListOffsetsOptions(isolation))
                    .all()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("of one of the regions did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaProblem.of("of one of the regions was not waited for", e);
        }
    }

    /** Of each partition the last record that is in the mirror. */
    private static Map<TopicPartition, Long> copied(RegionEpoch epoch, RegionCluster mirror) {
        String offsets = MirrorProperties.offsetsTopic(epoch, mirror);
        Map<TopicPartition, Long> copied = new HashMap<>();
        int partitions = partitions(offsets, mirror);
        try (TopicScan scan = new TopicScan(mirror.kafka())) {
            for (int i = 0; i < partitions; i++) {
                scan.read(
                        new TopicPartition(offsets, i),
                        record -> {
                            byte[] key = record.key();
                            if (key != null) {
                                apply(key, record.value(), copied);
                            }
                        });
            }
        }
        return copied;
    }

    /** As Kafka Connect writes them: of a connector and a partition the last offset. */
    private static void apply(
            byte[] key, byte @Nullable [] value, Map<TopicPartition, Long> copied) {
        try {
            JsonNode name = JSON.readTree(key);
            if (!MirrorProperties.CONNECTOR.equals(name.path(0).asText())) {
                return;
            }
            TopicPartition partition =
                    new TopicPartition(
                            name.path(1).path("topic").asText(),
                            name.path(1).path("partition").asInt());
            if (value == null) {
                copied.remove(partition);
            } else {
                copied.put(partition, JSON.readTree(value).path("offset").asLong());
            }
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "an offset of MirrorMaker cannot be read: " + e, e);
        }
    }

    static int partitions(String topic, RegionCluster cluster) {
        try (Admin admin = Admin.create(cluster.kafka().clientProperties())) {
            return await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .mapToInt(described -> described.partitions().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw KafkaProblem.of("of region %s did not answer".formatted(cluster.name()), e);
        } catch (TimeoutException e) {
            throw KafkaProblem.of("of region %s did not answer".formatted(cluster.name()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaProblem.of("of region %s did not answer".formatted(cluster.name()), e);
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
