package io.tidescope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.ingest.git.TreeEntry;
import io.tidescope.schemas.FileKey;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.event.Upsert;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a reader of the log knows of each ref: a plain fold over the committed events. */
final class LogModel implements AutoCloseable {
    private final EventLog log;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroSerde<FileChange> changes;
    private final AvroSerde<RefState> refStates;
    private final List<TopicPartition> partitions;
    private final Map<RefKey, SortedMap<String, TreeEntry>> files = new HashMap<>();
    private final Map<RefKey, Map<Integer, RevisionMarker>> markers = new HashMap<>();
    private final Map<RefKey, RefState> states = new HashMap<>();
    private final List<RefState> stateHistory = new ArrayList<>();
    private final List<FileChange> events = new ArrayList<>();

    LogModel(KafkaConnection connection, Topics topics, SchemaRegistry registry) {
        log = new EventLog(connection, topics, registry);
        Map<String, Object> properties = connection.clientProperties();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        changes = AvroSerde.forValue(Namespace.NONE.fileChanges(), FileChange.class, registry);
        refStates = AvroSerde.forValue(Namespace.NONE.repositories(), RefState.class, registry);
        partitions =
                new ArrayList<>(
                        IntStream.range(0, topics.partitions())
                                .mapToObj(
                                        number ->
                                                new TopicPartition(
                                                        Namespace.NONE.fileChanges(), number))
                                .toList());
        partitions.add(new TopicPartition(Namespace.NONE.repositories(), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what is committed now; the events that are new since the last call. */
    List<FileChange> catchUp() {
        int known = events.size();
        // A commit is answered before its mark is in every partition, so the end is waited for.
        Map<TopicPartition, Long> ends = log.highWatermarks(partitions);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::apply);
        }
        return List.copyOf(events.subList(known, events.size()));
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Namespace.NONE.repositories())) {
            RefState state = refStates.deserialize(ByteBuffer.wrap(record.value()));
            states.put(RefKey.read(record.key()), state);
            stateHistory.add(state);
            return;
        }
        FileChange event = changes.deserialize(ByteBuffer.wrap(record.value()));
        assertThat(FileKey.read(record.key()))
                .isEqualTo(new FileKey(event.getRepository(), event.getPath()));
        events.add(event);
        RefKey ref = new RefKey(event.getRepository(), event.getRef());
        SortedMap<String, TreeEntry> tree = files.computeIfAbsent(ref, r -> new TreeMap<>());
        switch (event.getChange()) {
            case Upsert upsert -> {
                if (upsert.getContent() != null) {
                    assertThat(objectId(upsert)).isEqualTo(upsert.getBlob());
                }
                tree.put(event.getPath(), new TreeEntry(upsert.getBlob(), upsert.getMode()));
            }
            case Delete delete ->
                    assertThat(tree.remove(event.getPath()))
                            .as("a delete of something there")
                            .isNotNull();
            case RevisionMarker marker ->
                    markers.computeIfAbsent(ref, r -> new HashMap<>())
                            .put(record.partition(), marker);
            default -> throw new AssertionError(event);
        }
    }

    private static String objectId(Upsert upsert) {
        try {
            boolean sha1 = upsert.getBlob().length() == 40;
            MessageDigest digest = MessageDigest.getInstance(sha1 ? "SHA-1" : "SHA-256");
            digest.update(("blob " + upsert.getSize() + '\0').getBytes(StandardCharsets.US_ASCII));
            digest.update(upsert.getContent().duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    SortedMap<String, TreeEntry> files(String repository, String ref) {
        return files.getOrDefault(new RefKey(repository, ref), new TreeMap<>());
    }

    /** The state last committed, which must exist. */
    RefState state(String repository, String ref) {
        return Objects.requireNonNull(states.get(new RefKey(repository, ref)));
    }

    /** Every state of every ref, oldest first. */
    List<RefState> stateHistory() {
        return stateHistory;
    }

    /** The one marker that all partitions saw last. */
    RevisionMarker marker(String repository, String ref) {
        Map<Integer, RevisionMarker> seen =
                markers.getOrDefault(new RefKey(repository, ref), Map.of());
        assertThat(seen).as("partitions with a marker").hasSize(partitions.size() - 1);
        assertThat(seen.values().stream().collect(Collectors.toSet())).hasSize(1);
        return seen.values().iterator().next();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
