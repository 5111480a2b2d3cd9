package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Cut;
import io.tidescope.recovery.archive.Effort;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Upkeep;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Makes a backup that stands on its own: all topics, read from their beginnings.
 *
 * <p>Of compacted topics it has what is left of them. Nothing that a moment since needs may be
 * compacted away while they are read, so that must not take longer than the cluster leaves versions
 * alone.
 */
public final class FullBackup {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Well before what it wrote would be removed as left behind by a crash. */
    private static final Duration LONGEST = Upkeep.GRACE.minusHours(12);

    private final BackupSource source;
    private final Archive archive;
    private final InstantSource clock;
    private final BooleanSupplier allowed;

    /**
     * @param allowed whether to go on; asked often, and not before a full segment is written
     */
    public FullBackup(
            BackupSource source, Archive archive, InstantSource clock, BooleanSupplier allowed) {
        this.source = source;
        this.archive = archive;
        this.clock = clock;
        this.allowed = allowed;
    }

    /**
     * Makes it.
     *
     * @throws TideScopeException PRECONDITION_FAILED when it took too long, and nothing was made;
     *     UNAVAILABLE and the like when cluster, registry or store do not answer
     */
    public Manifest run() {
        DurableTopics topics = source.describe();
        Instant begun = clock.instant();
        String run = UUID.randomUUID().toString();
        Map<TopicPartition, Long> begins;
        Map<TopicPartition, Long> ends;
        try (Consumer<byte[], byte[]> consumer = LogCopy.consumer(source.kafka())) {
            ends = LogCopy.ends(consumer, topics.partitions().keySet());
            begins = consumer.beginningOffsets(topics.partitions().keySet(), LIMIT);
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not say where its topics end", e);
        }
        try (LogCopy copy =
                new LogCopy(
                        source.kafka(),
                        topics,
                        begins,
                        source.values(),
                        Effort.MUCH,
                        segment -> archive.writeFull(run, segment),
                        allowed)) {
            copy.advance(ends, true);
            requireComplete(topics, begun);
            source.requireSame(topics);
            List<PartitionCopy.Taken> taken = copy.take();
            Cut cut = new Cut(topics.log().partitions());
            taken.forEach(each -> each.addTo(cut));
            return create(
                    new ManifestDraft(
                            topics,
                            null,
                            begun,
                            taken,
                            cut,
                            source.schemas(copy.schemas()),
                            source.version()));
        }
    }

    private void requireComplete(DurableTopics topics, Instant begun) {
        Duration took = Duration.between(begun, clock.instant());
        if (took.compareTo(topics.uncompacted()) >= 0) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Reading everything took %s, and after %s versions of documents may be gone: a longer topics.history, or a faster way to the store, is needed."
                            .formatted(took, topics.uncompacted()));
        }
        if (took.compareTo(LONGEST) >= 0) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Reading everything took %s; after %s another archiver takes for leftovers what was written: a faster way to the store is needed."
                            .formatted(took, Upkeep.GRACE));
        }
    }

    private Manifest create(ManifestDraft draft) {
        while (true) {
            List<Long> backups = archive.backups();
            Manifest manifest =
                    draft.manifest(backups.isEmpty() ? 1 : backups.getLast() + 1, clock.instant());
            if (archive.create(manifest)) {
                return manifest;
            }
        }
    }
}
