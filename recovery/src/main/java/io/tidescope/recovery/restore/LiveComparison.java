package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.RefAhead;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Holds what was restored against the live deployment that it is a backup of, which goes on
 * meanwhile and is only read: the files of each ref against what live says of the same publish, and
 * each document that has not changed since.
 */
public final class LiveComparison {
    /** Named of the differences, and of the refs that are ahead. */
    private static final int MAX_NAMED = 20;

    private static final Comparator<DocumentKey> ORDER =
            Comparator.comparing(DocumentKey::repository)
                    .thenComparing(DocumentKey::ref)
                    .thenComparing(DocumentKey::path);

    private final RestoreTarget restored;
    private final RestoreTarget live;
    private final BooleanSupplier allowed;

    private final Map<RefKey, Long> planned;

    /** Refs that live does not have as far as the backup; told once, whatever the partition. */
    private final Set<RefKey> lost = new HashSet<>();

    private final Map<RefKey, Integer> ahead = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private long count;
    private long files;
    private long documents;

    /**
     * @param plan what was restored, with all repositories
     * @param restored where to
     * @param live what it is a backup of; as many partitions
     * @param allowed whether to go on; asked for each partition
     */
    public LiveComparison(
            RestorePlan plan, RestoreTarget restored, RestoreTarget live, BooleanSupplier allowed) {
        this.restored = restored;
        this.live = live;
        this.allowed = allowed;
        planned =
                plan.state().stream()
                        .collect(
                                Collectors.toMap(
                                        mark -> new RefKey(mark.repository(), mark.ref()),
                                        Mark::sequence));
    }

    /**
     * Reads both.
     *
     * @throws TideScopeException UNAVAILABLE when a cluster does not answer, or it was stopped;
     *     what differs is no exception
     */
    public LiveReport run() throws InterruptedException {
        try (TopicScan restoredScan = new TopicScan(restored.kafka());
                TopicScan liveScan = new TopicScan(live.kafka());
                Admin admin = Admin.create(restored.kafka().clientProperties())) {
            Map<TopicPartition, Long> starts = ParserStarts.read(admin, restored.kafka().names());
            for (int i = 0; i < restored.topics().partitions(); i++) {
                if (!allowed.getAsBoolean()) {
                    throw new TideScopeException(
                            ErrorCode.UNAVAILABLE, "Stopped before everything was compared.");
                }
                compare(i, restoredScan, liveScan, starts);
            }
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not give what is compared", e);
        }
        return new LiveReport(
                files,
                documents,
                ahead.entrySet().stream()
                        .map(
                                each ->
                                        new RefAhead(
                                                each.getKey().repository(),
                                                each.getKey().ref(),
                                                each.getValue()))
                        .sorted(Comparator.comparingInt(RefAhead::publishes).reversed())
                        .limit(MAX_NAMED)
                        .toList(),
                ahead.size(),
                count,
                differences);
    }

    private void compare(
            int number,
            TopicScan restoredScan,
            TopicScan liveScan,
            Map<TopicPartition, Long> starts) {
        // Before the log, so that the log has the change of every document that there is or was.
        DocumentDigests liveDocuments =
                DocumentDigests.read(
                        liveScan,
                        new TopicPartition(live.kafka().names().documents(), number),
                        live);
        LiveLog liveLog = readLive(liveScan, number);
        TopicPartition log = new TopicPartition(restored.kafka().names().fileChanges(), number);
        LiveFiles restoredFiles = new LiveFiles();
        readLog(restoredScan, log, restored, restoredFiles::apply);
        for (RefKey ref : lostIn(liveLog)) {
            restoredFiles.drop(ref);
            liveLog.files.drop(ref);
        }
        files += restoredFiles.size();
        restoredFiles
                .differences(liveLog.files)
                .forEach(file -> differ("other changes lead to " + file));
        compare(
                DocumentDigests.read(
                        restoredScan,
                        new TopicPartition(restored.kafka().names().documents(), number),
                        restored),
                liveDocuments,
                liveLog,
                restoredFiles.changedFrom(starts.getOrDefault(log, 0L)));
    }

    private void compare(
            DocumentDigests here, DocumentDigests there, LiveLog liveLog, Set<String> pending) {
        Set<DocumentKey> keys = new TreeSet<>(ORDER);
        keys.addAll(here.keys());
        keys.addAll(there.keys());
        for (DocumentKey key : keys) {
            RefKey ref = new RefKey(key.repository(), key.ref());
            Long newest = planned.get(ref);
            if (newest == null
                    || lost.contains(ref)
                    || liveLog.changedSince.contains(key)
                    || pending.contains(LiveFiles.key(key))) {
                continue;
            }
            documents++;
            if (!Objects.equals(here.find(key), there.find(key))) {
                differ(
                        "%s: %s %s %s"
                                .formatted(
                                        here.find(key) == null
                                                ? "live has a document that the backup has not"
                                                : there.find(key) == null
                                                        ? "live has no document"
                                                        : "live has another document",
                                        key.repository(),
                                        key.ref(),
                                        key.path()));
            }
        }
    }

    private void differ(String what) {
        count++;
        if (differences.size() < MAX_NAMED) {
            differences.add(what);
        }
    }

    /** Of the live log what it says of the publishes that were restored, and what came after. */
    private static final class LiveLog {
        private final LiveFiles files = new LiveFiles();
        private final Set<DocumentKey> changedSince = new HashSet<>();
        private final Map<RefKey, SortedSet<Long>> publishes = new HashMap<>();
    }

    private LiveLog readLive(TopicScan scan, int number) {
        LiveLog log = new LiveLog();
        readLog(
                scan,
                new TopicPartition(live.kafka().names().fileChanges(), number),
                live,
                (change, offset) -> {
                    RefKey ref = new RefKey(change.getRepository(), change.getRef());
                    if (change.getChange() instanceof RevisionMarker) {
                        log.publishes
                                .computeIfAbsent(ref, _ -> new TreeSet<>())
                                .add(change.getSequence());
                    } else if (change.getSequence() <= planned.getOrDefault(ref, -1L)) {
                        log.files.apply(change, offset);
                    } else {
                        log.changedSince.add(
                                new DocumentKey(ref.repository(), ref.ref(), change.getPath()));
                    }
                });
        log.publishes.forEach(this::noteAhead);
        return log;
    }

    private static void readLog(
            TopicScan scan,
            TopicPartition partition,
            RestoreTarget of,
            BiConsumer<FileChange, Long> changes) {
        AvroSerde<FileChange> serde =
                AvroSerde.forValue(
                        of.kafka().names().fileChanges(), FileChange.class, of.registry());
        scan.read(
                partition,
                record ->
                        Values.find(serde, record.value())
                                .ifPresent(change -> changes.accept(change, record.offset())));
    }

    /** A publish that is under way is in some partitions only. */
    private void noteAhead(RefKey ref, SortedSet<Long> publishes) {
        int more = publishes.tailSet(planned.getOrDefault(ref, 0L) + 1).size();
        if (more > 0) {
            ahead.merge(ref, more, Math::max);
        }
    }

    /** What is published is kept for ever: less than a backup has is a loss. */
    private Set<RefKey> lostIn(LiveLog log) {
        Set<RefKey> found = new HashSet<>();
        planned.forEach(
                (ref, sequence) -> {
                    SortedSet<Long> publishes = log.publishes.get(ref);
                    if (publishes == null || publishes.last() < sequence) {
                        found.add(ref);
                        if (lost.add(ref)) {
                            differ(
                                    "live has not publish %d: %s %s"
                                            .formatted(sequence, ref.repository(), ref.ref()));
                        }
                    }
                });
        return found;
    }
}
