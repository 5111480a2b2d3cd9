package io.tidescope.recovery.region;

import io.tidescope.recovery.restore.TopicScan;
import io.tidescope.recovery.restore.Values;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a whole log and tells of every ref how far it goes, and whether something of a publish is
 * missing: mirrors carry partitions, not the transactions that span them.
 *
 * <p>It takes as long as reading the log does.
 */
public final class LogAudit {
    private final int partitions;
    private final Map<RefKey, Progress> refs = new HashMap<>();

    /** Of a ref, over all partitions. */
    private static final class Progress {
        private final Map<Integer, Long> marked = new HashMap<>();
        private final SortedMap<Long, @Nullable String> commits = new TreeMap<>();
        private long begun;
        private @Nullable RefState state;
    }

    private LogAudit(int partitions) {
        this.partitions = partitions;
    }

    /**
     * Reads the log.
     *
     * @throws TideScopeException UNAVAILABLE when cluster or registry do not answer
     */
    public static Collection<RefAudit> of(
            KafkaConnection kafka, Topics topics, SchemaRegistry registry) {
        LogAudit audit = new LogAudit(topics.partitions());
        String log = kafka.names().fileChanges();
        AvroSerde<FileChange> changes = AvroSerde.forValue(log, FileChange.class, registry);
        String repositories = kafka.names().repositories();
        AvroSerde<RefState> states = AvroSerde.forValue(repositories, RefState.class, registry);
        try (TopicScan scan = new TopicScan(kafka)) {
            for (int i = 0; i < topics.partitions(); i++) {
                int partition = i;
                scan.read(
                        new TopicPartition(log, i),
                        record ->
                                Values.find(changes, record.value())
                                        .ifPresent(change -> audit.add(partition, change)));
            }
            scan.read(
                    new TopicPartition(repositories, 0),
                    record -> {
                        RefState state = Values.find(states, record.value()).orElse(null);
                        audit.progress(RefKey.read(record.key())).state = state;
                    });
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not let the log be read", e);
        }
        return audit.refs.entrySet().stream()
                .map(ref -> audit.result(ref.getKey(), ref.getValue()))
                .toList();
    }

    private Progress progress(RefKey ref) {
        return refs.computeIfAbsent(ref, unknown -> new Progress());
    }

    private void add(int partition, FileChange change) {
        Progress of = progress(new RefKey(change.getRepository(), change.getRef()));
        of.begun = Math.max(of.begun, change.getSequence());
        if (change.getChange() instanceof RevisionMarker marker) {
            of.marked.merge(partition, marker.getSequence(), Math::max);
            of.commits.put(marker.getSequence(), marker.getCommit());
        }
    }

    /**
     * The newest publish that no partition is behind: one that has the marker of a later publish
     * has everything of the earlier ones.
     */
    private RefAudit result(RefKey ref, Progress of) {
        long whole =
                of.marked.size() < partitions
                        ? 0
                        : of.marked.values().stream().mapToLong(Long::longValue).min().orElse(0);
        return new RefAudit(ref, of.state, whole, of.commits.headMap(whole + 1), of.begun);
    }
}
