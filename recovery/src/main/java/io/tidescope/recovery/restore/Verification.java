package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.PartitionReader;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;

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
        Findings findings = new Findings();
        List<VerificationReport.PartitionReport> partitions = new ArrayList<>();
        try (TopicScan scan = new TopicScan(target.kafka());
                Admin admin = Admin.create(target.kafka().clientProperties())) {
            Map<TopicPartition, Long> starts = parserStarts(admin, names);
            for (int i = 0; i < target.topics().partitions(); i++) {
                partitions.add(partition(scan, i, starts, findings));
            }
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not give back what was restored", e);
        }
        parse(findings);
        return new VerificationReport(
                partitions, plan.state().size(), findings.sampled.size(), findings.problems);
    }

    private static final class Findings {
        private final List<String> problems = new ArrayList<>();
        private final List<Document> sampled = new ArrayList<>();
        private long documents;
    }

    private static Map<TopicPartition, Long> parserStarts(Admin admin, Namespace names)
            throws InterruptedException {
        Map<TopicPartition, Long> starts = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(names.parserApplication())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach(
                            (partition, offset) -> {
                                if (offset != null) {
                                    starts.put(partition, offset.offset());
                                }
                            });
        } catch (ExecutionException e) {
            throw KafkaProblem.of("did not say where parsers begin", e);
        }
        return starts;
    }

    private VerificationReport.PartitionReport partition(
            TopicScan scan, int number, Map<TopicPartition, Long> starts, Findings findings) {
        Namespace names = target.kafka().names();
        TopicPartition log = new TopicPartition(names.fileChanges(), number);
        LiveFiles expected = replayed(number);
        LiveFiles changed = new LiveFiles();
        Map<RefKey, Long> marks = new HashMap<>();
        AvroSerde<FileChange> changes =
                AvroSerde.forValue(names.fileChanges(), FileChange.class, target.registry());
        long count =
                scan.read(
                        log,
                        record -> {
                            FileChange change = decode(changes, record.value());
                            if (change != null) {
                                changed.apply(change, record.offset());
                                if (change.getChange() instanceof RevisionMarker marker) {
                                    marks.merge(
                                            new RefKey(marker.getRepository(), marker.getRef()),
                                            marker.getSequence(),
                                            Math::max);
                                }
                            }
                        });
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

    /** What the backup's changes alone lead to. */
    private LiveFiles replayed(int number) {
        LiveFiles files = new LiveFiles();
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
        for (ArchivedRecord record = reader.next(); record != null; record = reader.next()) {
            FileChange change = decode(changes, record.value());
            if (change != null) {
                Long newest = sequences.get(new RefKey(change.getRepository(), change.getRef()));
                if (newest != null && change.getSequence() <= newest) {
                    files.apply(change, record.offset());
                }
            }
        }
        return files;
    }

    private LiveFiles documents(TopicScan scan, int number, Findings findings) {
        Namespace names = target.kafka().names();
        AvroSerde<DocumentRecord> serde =
                AvroSerde.forValue(names.documents(), DocumentRecord.class, target.registry());
        LiveFiles files = new LiveFiles();
        scan.read(
                new TopicPartition(names.documents(), number),
                record -> {
                    DocumentRecord document =
                            record.value() == null
                                    ? null
                                    : serde.deserialize(ByteBuffer.wrap(record.value()));
                    files.apply(DocumentKey.read(record.key()), document);
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

    private void parse(Findings findings) {
        for (Document document : findings.sampled) {
            byte[] tree = bytes(document.getTree());
            if (!Arrays.equals(tree, reparse.tree(bytes(document.getSource())))) {
                findings.problems.add(
                        "%s of %s, %s, parsed again, is another tree"
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

    /** Null for what is no record of TideScope. */
    private static @Nullable FileChange decode(
            AvroSerde<FileChange> changes, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            return changes.deserialize(ByteBuffer.wrap(value));
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.CORRUPT) {
                return null;
            }
            throw e;
        }
    }
}
