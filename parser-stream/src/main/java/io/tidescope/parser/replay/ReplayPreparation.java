package io.tidescope.parser.replay;

import io.tidescope.parser.replay.ReplayPlan.LogPartition;
import io.tidescope.parser.stream.DocumentsEnd;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes an index that ordinary parsers and stores can be started on, from the log and from another
 * index of the same deployment. That one may be in use, and publishing may go on.
 *
 * <p>Of every partition, the documents of changes before the plan's start are copied, and parsers
 * are told to begin with that start. What was not published yet is behind it.
 */
public final class ReplayPreparation {
    private final KafkaConnection kafka;
    private final Topics topics;

    /**
     * @param kafka the deployment, with the index to copy from
     * @param topics of the deployment
     */
    public ReplayPreparation(KafkaConnection kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /** Is told how far copying has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param done offsets of {@code documents} that were gone over
         * @param total all that are to be
         */
        void copied(long done, long total);
    }

    /**
     * Prepares an index; what a preparation left that did not come to its end is removed first.
     *
     * @param index its name, other than that of the index to copy from
     * @throws TideScopeException PRECONDITION_FAILED when the index is prepared already, or in use,
     *     or cannot be copied from; INVALID_ARGUMENT when the start does not fit the log;
     *     UNAVAILABLE when the cluster does not answer
     */
    public ReplayPlan prepare(ReplayStart start, String index, Progress progress)
            throws InterruptedException {
        if (index.equals(kafka.names().index())) {
            throw TideScopeException.invalid(
                    "index", "The index '%s' is the one to copy from.".formatted(index));
        }
        KafkaConnection next = kafka.withIndex(index);
        try (Admin admin = Admin.create(kafka.clientProperties());
                DocumentsEnd documents = new DocumentsEnd(kafka)) {
            IndexTopics made = new IndexTopics(admin, topics.withIndex(index));
            if (made.isPrepared()) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "The index '%s' is prepared already; start parsers and stores on it, remove it, or give another name."
                                .formatted(index));
            }
            ReplayPlan plan = ReplayPlan.of(start, log(start, admin, documents));
            made.remove();
            made.create();
            long begin = System.nanoTime();
            new DocumentCopy(kafka, next, plan, documents.topic(), () -> requireTombstones(begin))
                    .run(progress);
            return plan;
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not do what was asked", e);
        }
    }

    private static InterruptedException interrupted(InterruptException cause) {
        // Kafka's exception says it by the thread's flag, and ours instead of it.
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("preparing a replay");
        interrupted.initCause(cause);
        return interrupted;
    }

    /**
     * Who reads a compacted topic for longer than it keeps tombstones may have read a document and
     * miss that it is gone.
     */
    private void requireTombstones(long begin) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(topics.history()) >= 0) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Copying documents took %s, and %s keeps what tells that they are gone for %s; raise topics.history, or replay from the beginning."
                            .formatted(took, kafka.names().documents(), topics.history()));
        }
    }

    private SortedMap<Integer, LogPartition> log(
            ReplayStart start, Admin admin, DocumentsEnd documents) throws InterruptedException {
        LogOffsets offsets =
                new LogOffsets(admin, kafka.names().fileChanges(), topics.partitions());
        SortedMap<Integer, Long> begins = offsets.begins();
        SortedMap<Integer, Long> ends = offsets.ends();
        SortedMap<Integer, Long> since =
                start instanceof ReplayStart.Time time ? offsets.since(time.at()) : ends;
        SortedMap<Integer, LogPartition> log = new TreeMap<>();
        for (int number = 0; number < topics.partitions(); number++) {
            long end = of(ends, number);
            long found = of(since, number);
            log.put(
                    number,
                    new LogPartition(
                            of(begins, number),
                            end,
                            found < 0 ? end : found,
                            documents.last(number)));
        }
        return log;
    }

    private static long of(SortedMap<Integer, Long> offsets, int partition) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new IllegalStateException("the brokers told nothing about " + partition);
        }
        return offset;
    }
}
