package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.PartitionReader;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds what was restored against the backup, without anything of what restored it: replays the
 * backup's changes by themselves, reads back every record, and parses some files again.
 */
public final class Verification {
    private final Archive archive;
    private final RestorePlan plan;
    private final RestoreTarget target;
    private final Reparse reparse;
    private final int samples;
    private final Random random;

    /** Parses a file again. */
    public interface Reparse {
        /** The syntax tree as it is stored; empty when there is none. */
        byte[] tree(byte[] source);
    }

    /**
     * @param samples how many files are parsed again, at most
     * @param random draws them
     */
    public Verification(
            Archive archive,
            RestorePlan plan,
            RestoreTarget target,
            Reparse reparse,
            int samples,
            Random random) {
        this.archive = archive;
        this.plan = plan;
        this.target = target;
        this.reparse = reparse;
        this.samples = samples;
        this.random = random;
    }

    /**
     * Reads everything.
     *
     * @throws TideScopeException when cluster or store do not answer; what differs is a problem and
     *     no exception
     */
    public VerificationReport run() throws InterruptedException {
        Namespace names = target.kafka().names();
        List<VerificationReport.PartitionReport> partitions = new ArrayList<>();
        try (TopicScan scan = new TopicScan(target.kafka());
                Admin admin = Admin.create(target.kafka().clientProperties())) {
            Findings findings = new Findings(logId(admin, names));
            Map<TopicPartition, Long> starts = ParserStarts.read(admin, names);
            for (int i = 0; i < target.topics().partitions(); i++) {
                partitions.add(partition(scan, i, starts, findings));
            }
            holdStates(scan, findings);
            parse(findings);
            return new VerificationReport(
                    partitions,
                    plan.state().size(),
                    findings.sampled.size(),
                    findings.problems,
                    findings.differences);
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not give back what was restored", e);
        }
    }

    private static Uuid logId(Admin admin, Namespace names) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(names.fileChanges()))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .topicId();
        } catch (ExecutionException e) {
            throw KafkaProblem.of("did not describe its topics", e);
        }
    }

    /** What publishers go on from. */
    private void holdStates(TopicScan scan, Findings findings) {
        String topic = target.kafka().names().repositories();
        AvroSerde<RefState> states = AvroSerde.forValue(topic, RefState.class, target.registry());
        Map<RefKey, String> found = new HashMap<>();
        scan.read(
                new TopicPartition(topic, 0),
                record ->
                        Values.find(states, record.value())
                                .ifPresent(
                                        state ->
                                                found.put(
                                                        RefKey.read(record.key()),
                                                        state.getSequence()
                                                                + " "
                                                                + state.getCommit())));
        Map<RefKey, String> expected = new HashMap<>();
        for (Mark mark : plan.state()) {
            expected.put(
                    new RefKey(mark.repository(), mark.ref()),
                    mark.sequence() + " " + mark.commit());
        }
        if (!found.equals(expected)) {
            findings.problems.add(topic + " is not what the backup has");
        }
    }

    private static final class Findings {
        private final Uuid log;
        private final List<String> problems = new ArrayList<>();
        private final List<Document> sampled = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();
        private long documents;

        Findings(Uuid log) {
            this.log = log;
        }
    }

    private VerificationReport.PartitionReport partition(
            TopicScan scan, int number, Map<TopicPartition, Long> starts, Findings findings) {
        Namespace names = target.kafka().names();
        TopicPartition log = new TopicPartition(names.fileChanges(), number);
        LiveFiles expected = new LiveFiles();
        long replayed = replay(number, expected);
        LiveFiles changed = new LiveFiles();
        Map<RefKey, Long> marks = new HashMap<>();
        AvroSerde<FileChange> changes =
                AvroSerde.forValue(names.fileChanges(), FileChange.class, target.registry());
        long count =
                scan.read(
                        log,
                        record -> {
                            Values.find(changes, record.value())
                                    .ifPresent(
                                            change -> {
                                                changed.apply(change, record.offset());
                                                mark(change, marks);
                                            });
                        });
        if (count != replayed) {
            findings.problems.add(
                    "%s has %d changes, and the backup %d of them".formatted(log, count, replayed));
        }
        LiveFiles documents = documents(scan, number, findings);
        String digest = expected.digest();
        String there = changed.digest();
        if (!digest.equals(there)) {
            findings.problems.add(
                    "file-changes-%d is not what the backup has: %s"
                            .formatted(number, expected.difference(changed)));
        }
        int files = changed.size();
        Long start = starts.get(log);
        if (start == null) {
            findings.problems.add("parsers do not know where to begin in " + log);
        }
        // Those parsers come to when they begin.
        Set<String> pending = changed.changedFrom(start == null ? 0 : start);
        changed.drop(pending);
        documents.drop(pending);
        String expectedDocuments = changed.digest();
        String actual = documents.digest();
        if (!actual.equals(expectedDocuments)) {
            findings.problems.add(
                    "documents-%d does not fit file-changes: %s"
                            .formatted(number, changed.difference(documents)));
        }
        holdMarks(number, marks, findings);
        return new VerificationReport.PartitionReport(
                number, count, files, documents.size(), digest, there, expectedDocuments, actual);
    }

    private static void mark(FileChange change, Map<RefKey, Long> marks) {
        if (change.getChange() instanceof RevisionMarker marker) {
            marks.merge(
                    new RefKey(marker.getRepository(), marker.getRef()),
                    marker.getSequence(),
                    Math::max);
        }
    }

    /**
     * What the backup's changes alone lead to.
     *
     * @return how many they are
     */
    private long replay(int number, LiveFiles files) {
        ArchivedPartition log =
                plan.chain().partitions().stream()
                        .filter(
                                where ->
                                        where.topic().equals(Archive.LOG)
                                                && where.partition() == number)
                        .findFirst()
                        .orElseThrow();
        AvroSerde<FileChange> changes =
                AvroSerde.forValue(
                        Archive.LOG,
                        FileChange.class,
                        new ArchivedRegistry(plan.chain().newest().schemas()));
        Map<RefKey, Long> sequences = new HashMap<>();
        for (Mark mark : plan.state()) {
            sequences.put(new RefKey(mark.repository(), mark.ref()), mark.sequence());
        }
        PartitionReader reader = new PartitionReader(archive, plan.chain(), log);
        long count = 0;
        for (ArchivedRecord record = reader.next(); record != null; record = reader.next()) {
            FileChange change = Values.find(changes, record.value()).orElse(null);
            if (change != null) {
                Long newest = sequences.get(new RefKey(change.getRepository(), change.getRef()));
                if (newest != null && change.getSequence() <= newest) {
                    files.apply(change, record.offset());
                    count++;
                }
            }
        }
        return count;
    }

    private LiveFiles documents(TopicScan scan, int number, Findings findings) {
        Namespace names = target.kafka().names();
        AvroSerde<DocumentRecord> serde =
                AvroSerde.forValue(names.documents(), DocumentRecord.class, target.registry());
        LiveFiles files = new LiveFiles();
        TopicPartition topic = new TopicPartition(names.documents(), number);
        AtomicLong reached = new AtomicLong(-1);
        scan.read(
                topic,
                record -> {
                    long change =
                            Provenance.of(record.headers())
                                    .filter(from -> from.topic().equals(findings.log))
                                    .map(Provenance::offset)
                                    .orElse(-1L);
                    if (change < 0 || change < reached.getAndSet(change)) {
                        findings.problems.add(
                                "record %d of %s does not tell which change it is from"
                                        .formatted(record.offset(), topic));
                    }
                    DocumentRecord document = Values.find(serde, record.value()).orElse(null);
                    if (document != null || record.value() == null) {
                        files.apply(DocumentKey.read(record.key()), document);
                    }
                    if (document != null && document.getBody() instanceof Document body) {
                        sample(body, findings);
                    }
                });
        return files;
    }

    /** Every document has the same chance to be among the samples. */
    private void sample(Document document, Findings findings) {
        if (document.getOutcome() == ParseOutcome.UNPARSEABLE) {
            return;
        }
        findings.documents++;
        if (findings.sampled.size() < samples) {
            findings.sampled.add(document);
        } else {
            long place = random.nextLong(findings.documents);
            if (place < samples) {
                findings.sampled.set((int) place, document);
            }
        }
    }

    /** Another version may have parsed it, and differently: that is told, and is no damage. */
    private void parse(Findings findings) {
        for (Document document : findings.sampled) {
            byte[] tree = bytes(document.getTree());
            if (!Arrays.equals(tree, reparse.tree(bytes(document.getSource())))) {
                findings.differences.add(
                        "%s of %s, %s"
                                .formatted(
                                        document.getPath(),
                                        document.getRepository(),
                                        document.getRef()));
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private void holdMarks(int number, Map<RefKey, Long> marks, Findings findings) {
        Map<RefKey, Long> expected = new HashMap<>();
        for (Mark mark : plan.state()) {
            expected.put(new RefKey(mark.repository(), mark.ref()), mark.sequence());
        }
        if (!expected.equals(marks)) {
            findings.problems.add(
                    "the revisions of file-changes-%d are not those of the backup"
                            .formatted(number));
        }
    }
}
