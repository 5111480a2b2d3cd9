package io.tidescope.ingest;

import io.tidescope.ingest.git.RawPath;
import io.tidescope.ingest.git.TreeEntry;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.FileKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.event.Upsert;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The files of a ref as the log has them, read from its beginning.
 *
 * <p>Slow, and needed only when git no longer has the tree that was published last: after a force
 * push and a prune, or when the repository was cloned anew.
 */
final class LoggedFiles {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String repository;
    private final String ref;
    private final EventLog log;
    private final byte[] keyPrefix;
    private final SortedMap<RawPath, TreeEntry> entries = new TreeMap<>();

    private LoggedFiles(String repository, String ref, EventLog log) {
        this.repository = repository;
        this.ref = ref;
        this.log = log;
        this.keyPrefix = new FileKey(repository, "").toBytes();
    }

    static Published.Files read(String repository, String ref, EventLog log) {
        LoggedFiles files = new LoggedFiles(repository, ref, log);
        try {
            files.replay();
        } catch (KafkaException e) {
            throw files.unavailable(String.valueOf(e.getMessage()), e);
        }
        return new Published.Files(files.entries);
    }

    private void replay() {
        List<TopicPartition> partitions =
                IntStream.range(0, log.topics().partitions())
                        .mapToObj(number -> new TopicPartition(log.names().fileChanges(), number))
                        .toList();
        Map<TopicPartition, Long> ends = log.highWatermarks(partitions);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        log.consumerProperties(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long advancedAt = System.nanoTime();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(POLL);
                records.forEach(this::apply);
                if (!records.isEmpty()) {
                    advancedAt = System.nanoTime();
                } else if (System.nanoTime() - advancedAt > EventLog.READ_TIMEOUT.toNanos()) {
                    throw unavailable("no record came for " + EventLog.READ_TIMEOUT, null);
                }
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (!isOfRepository(record.key())) {
            return;
        }
        FileChange event = log.fileChanges().deserialize(ByteBuffer.wrap(record.value()));
        if (!event.getRef().equals(ref)) {
            return;
        }
        RawPath path = RawPath.of(event.getPath());
        switch (event.getChange()) {
            case Upsert upsert ->
                    entries.put(path, new TreeEntry(upsert.getBlob(), upsert.getMode()));
            case Delete delete -> entries.remove(path);
            case RevisionMarker marker -> {}
            default ->
                    throw new TideScopeException(
                            ErrorCode.UNSUPPORTED_VERSION,
                            "the log has a change of an unknown kind for "
                                    + repository
                                    + "; run a newer version");
        }
    }

    private boolean isOfRepository(byte[] key) {
        return key.length > keyPrefix.length
                && Arrays.equals(key, 0, keyPrefix.length, keyPrefix, 0, keyPrefix.length);
    }

    private TideScopeException unavailable(String why, @Nullable Exception cause) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "what is published of "
                        + repository
                        + " "
                        + ref
                        + " cannot be read from the log: "
                        + why,
                cause);
    }
}
