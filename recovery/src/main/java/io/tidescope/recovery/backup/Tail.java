package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedSchema;
import io.tidescope.recovery.archive.Chain;
import io.tidescope.recovery.archive.Cut;
import io.tidescope.recovery.archive.Effort;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Follows the topics from where the newest backup ends, and makes the next ones, which build on it.
 * For one thread.
 *
 * <p>After any failure it is of no more use: what it read and had not yet written is gone with it,
 * and the next one reads it again.
 */
public final class Tail implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** By how much clocks of archivers may; versions of documents stay for far longer. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final BackupSource source;
    private final DurableTopics topics;
    private final Archive archive;
    private final InstantSource clock;
    private final Consumer<byte[], byte[]> consumer;
    private final LogCopy copy;
    private final Manifest full;
    private Manifest newest;

    /**
     * @param allowed whether to go on; asked often
     * @throws TideScopeException NOT_FOUND when there is no backup to go on from,
     *     PRECONDITION_FAILED when none can be gone on from, with the reason: a full one is needed
     *     then; UNAVAILABLE and the like when cluster or store do not answer
     */
    public Tail(
            BackupSource source, Archive archive, InstantSource clock, BooleanSupplier allowed) {
        this.source = source;
        this.archive = archive;
        this.clock = clock;
        List<Long> backups = archive.backups();
        if (backups.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.NOT_FOUND, "There is no backup in %s yet.".formatted(archive));
        }
        Chain chain = archive.chain(backups.getLast());
        full = chain.full();
        newest = chain.newest();
        topics = source.describe();
        consumer = LogCopy.consumer(source.kafka());
        try {
            Map<TopicPartition, Long> begins = begins(chain);
            copy =
                    new LogCopy(
                            source.kafka(),
                            topics,
                            begins,
                            source.values(),
                            Effort.LITTLE,
                            archive::writeTail,
                            allowed);
        } catch (KafkaException e) {
            consumer.close();
            throw KafkaProblem.of("did not say where its topics begin and end", e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private Map<TopicPartition, Long> begins(Chain chain) {
        if (!newest.cluster().equals(topics.cluster())
                || !newest.prefix().equals(topics.prefix())) {
            throw impossible(
                    "it is of the deployment '%s' of cluster %s"
                            .formatted(newest.prefix(), newest.cluster()));
        }
        requireUncompacted();
        Map<TopicPartition, ArchivedPartition> partitions = topics.partitions();
        Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions.keySet(), LIMIT);
        Map<TopicPartition, Long> ends = LogCopy.ends(consumer, partitions.keySet());
        Map<TopicPartition, Long> begins = new HashMap<>();
        partitions.forEach(
                (partition, where) -> {
                    long reached = chain.end(where);
                    if (reached < 0) {
                        throw impossible("it has nothing of %s, made since".formatted(partition));
                    }
                    if (firsts.getOrDefault(partition, 0L) > reached) {
                        throw impossible(
                                "%s begins at %d now, behind %d where the backup ends"
                                        .formatted(partition, firsts.get(partition), reached));
                    }
                    if (ends.getOrDefault(partition, 0L) < reached) {
                        throw impossible(
                                "%s ends at %d now, before %d where the backup ends: the cluster has lost records"
                                        .formatted(partition, ends.get(partition), reached));
                    }
                    begins.put(partition, reached);
                });
        return begins;
    }

    /** What is compacted away between two backups is in neither. */
    private void requireUncompacted() {
        Duration since = Duration.between(newest.begunAt(), clock.instant());
        if (since.compareTo(CLOCKS_DIFFER.negated()) < 0) {
            throw impossible(
                    "it was begun at %s, by a clock that is %s ahead of this one: nobody knows how old it is"
                            .formatted(newest.begunAt(), since.negated()));
        }
        if (since.compareTo(topics.uncompacted()) >= 0) {
            throw impossible(
                    "it is %s old, and after %s versions of documents may be gone"
                            .formatted(since, topics.uncompacted()));
        }
    }

    private TideScopeException impossible(String reason) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "No backup can build on backup %d: %s. A full one is needed."
                        .formatted(newest.id(), reason));
    }

    /** The backup that the next one will build on. */
    public Manifest newest() {
        return newest;
    }

    /** The full backup that it builds on. */
    public Manifest full() {
        return full;
    }

    /**
     * Reads what has come; full segments are written.
     *
     * @return how many offsets there were that it had not come to
     */
    public long follow() {
        try {
            Map<TopicPartition, Long> ends = LogCopy.ends(consumer, topics.partitions().keySet());
            ends.forEach(
                    (partition, end) -> {
                        if (end < copy.position(partition)) {
                            throw impossible(
                                    "%s ends at %d now, before %d where it was read to: the cluster has lost records"
                                            .formatted(partition, end, copy.position(partition)));
                        }
                    });
            return copy.advance(ends, false);
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not say where its topics end", e);
        }
    }

    /**
     * Makes a backup of everything until now.
     *
     * @throws TideScopeException PRECONDITION_FAILED when somebody else made one meanwhile, or
     *     versions of documents may be gone: see above
     */
    public Manifest backUp() {
        Instant begun = clock.instant();
        follow();
        requireUncompacted();
        source.requireSame(topics);
        List<PartitionCopy.Taken> taken = copy.take();
        Cut cut = new Cut(topics.log().partitions());
        cut.addAll(newest.cut());
        cut.addPending(newest.pending());
        taken.forEach(each -> each.addTo(cut));
        Map<Integer, ArchivedSchema> schemas = new TreeMap<>(newest.schemas());
        schemas.putAll(source.schemas(copy.schemas()));
        Manifest made =
                new ManifestDraft(topics, newest.id(), begun, taken, cut, schemas, source.version())
                        .manifest(newest.id() + 1, clock.instant());
        if (!archive.create(made)) {
            throw impossible("another archiver made backup %d meanwhile".formatted(made.id()));
        }
        newest = made;
        return made;
    }

    @Override
    public void close() {
        copy.close();
        consumer.close();
    }
}
