package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.LeftOutSource;
import io.tidescope.recovery.archive.PartitionReader;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.event.Upsert;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Restores a partition: the changes that the plan includes, in their order, and what was derived
 * from each of them. For one thread.
 *
 * <p>Some megabytes are a transaction, with how far it has come; whoever goes on later begins
 * there, and fences whoever was still at it. Offsets are other ones than in the backup, so what was
 * derived from a change is told the offset that the change has now.
 */
final class PartitionRestore {
    private static final int TRANSACTION_BYTES = 24 << 20;

    /** Well below what a transaction may take. */
    private static final Duration TRANSACTION_TIME = Duration.ofSeconds(20);

    private final RestoreContext context;
    private final int partition;
    private final TopicPartition log;
    private final ArchivedPartition archivedLog;
    private final Producer<byte[], byte[]> producer;
    private final PartitionReader changes;
    private final DerivedRecords documents;
    private final DerivedRecords failures;

    /** Changes of this transaction, by the offsets that they had. */
    private final Map<Long, Sent> sent = new HashMap<>();

    private Restored restored = Restored.NOTHING;
    private long pendingBytes;
    private long begun;

    /** Offset in the backup of what comes behind all that was told as passed. */
    private long passed;

    /** Offset here of the last change that documents are there of. */
    private long derived = -1;

    /**
     * A change that is written again.
     *
     * @param written where, once it is
     * @param content of the file; null when the change has none
     */
    private record Sent(Future<RecordMetadata> written, @Nullable ByteBuffer content) {}

    PartitionRestore(RestoreContext context, int partition, Producer<byte[], byte[]> producer) {
        this.context = context;
        this.partition = partition;
        this.producer = producer;
        log = new TopicPartition(context.names().fileChanges(), partition);
        archivedLog = context.archived(Archive.LOG, partition);
        passed = context.plan().chain().beginning(archivedLog);
        changes = context.reader(archivedLog);
        documents =
                new DerivedRecords(
                        context.reader(context.archived(Archive.DOCUMENTS, partition)),
                        archivedLog);
        failures =
                new DerivedRecords(
                        context.reader(context.archived(Archive.FAILURES, partition)), archivedLog);
    }

    /**
     * Writes what is not yet written.
     *
     * @param from offset in the backup of the change that comes next
     * @param allowed whether to go on; asked often
     */
    Restored run(long from, BooleanSupplier allowed) {
        producer.beginTransaction();
        try {
            return write(from, allowed);
        } catch (KafkaException e) {
            throw abandoned(KafkaProblem.of("did not take what is restored", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandoned(KafkaProblem.of("did not take what is restored", e));
        } catch (ExecutionException e) {
            throw abandoned(KafkaProblem.of("did not take what is restored", e));
        } catch (TideScopeException e) {
            throw abandoned(e);
        }
    }

    /** With a transaction under way, a producer takes half a minute and more to be closed. */
    private TideScopeException abandoned(TideScopeException reason) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // Whoever fenced it has ended the transaction, and else its time does.
            reason.addSuppressed(e);
        }
        return reason;
    }

    private Restored write(long from, BooleanSupplier allowed)
            throws ExecutionException, InterruptedException {
        long next = from;
        for (ArchivedRecord change = changes.next(); change != null; change = changes.next()) {
            if (change.offset() < from) {
                continue;
            }
            if (!allowed.getAsBoolean()) {
                throw stopped(context);
            }
            next = change.offset() + 1;
            FileChange decoded = Values.find(context.changes(), change.value()).orElse(null);
            if (decoded != null && isIncluded(decoded)) {
                if (sent.isEmpty()) {
                    // There may be much of it, for longer than a transaction may take.
                    passOver(change.offset(), allowed);
                    begun = System.nanoTime();
                }
                send(change, decoded);
            }
            if (pendingBytes >= TRANSACTION_BYTES || isLong()) {
                commit(next, from, false);
            }
        }
        commit(next, from, true);
        return restored;
    }

    private void passOver(long change, BooleanSupplier allowed) {
        if (!documents.skipBefore(change, allowed) || !failures.skipBefore(change, allowed)) {
            throw stopped(context);
        }
    }

    /** The cluster counts a transaction's time from the first record on. */
    private boolean isLong() {
        return !sent.isEmpty() && System.nanoTime() - begun > TRANSACTION_TIME.toNanos();
    }

    static TideScopeException stopped(RestoreContext context) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "Stopped while backup %d was restored; the same command goes on with it."
                        .formatted(context.plan().chain().newest().id()));
    }

    private boolean isIncluded(FileChange change) {
        return change.getChange() instanceof RevisionMarker marker
                ? context.publishes()
                        .include(marker.getRepository(), marker.getRef(), marker.getSequence())
                : context.publishes()
                        .include(change.getRepository(), change.getRef(), change.getSequence());
    }

    private void send(ArchivedRecord record, FileChange change) {
        Future<RecordMetadata> written =
                send(
                        context.names().fileChanges(),
                        record,
                        context.schemas().translate(record.value()),
                        record.headers());
        sent.put(
                record.offset(),
                new Sent(
                        written,
                        change.getChange() instanceof Upsert upsert ? upsert.getContent() : null));
        restored = restored.plus(new Restored(1, 0, 0, size(record)));
    }

    private Future<RecordMetadata> send(
            String topic,
            ArchivedRecord record,
            byte @Nullable [] value,
            Iterable<Header> headers) {
        pendingBytes += size(record);
        return producer.send(
                new ProducerRecord<>(
                        topic, partition, record.timestamp(), record.key(), value, headers));
    }

    private static long size(ArchivedRecord record) {
        return (record.key() == null ? 0 : record.key().length)
                + (record.value() == null ? 0 : record.value().length);
    }

    /**
     * @param next offset in the backup of the change that comes next
     * @param from where this run began: what was derived from earlier changes is written
     */
    private void commit(long next, long from, boolean done)
            throws ExecutionException, InterruptedException {
        producer.flush();
        derive(documents, context.names().documents(), next, from, true);
        derive(failures, context.names().parseFailures(), next, from, false);
        Map<TopicPartition, OffsetAndMetadata> progress =
                Map.of(
                        log,
                        new RestoreProgress(
                                        next,
                                        context.plan().chain().newest().id(),
                                        context.fingerprint(),
                                        done)
                                .toOffset());
        producer.sendOffsetsToTransaction(progress, context.restoreGroup());
        if (derived >= 0 || from == 0) {
            producer.sendOffsetsToTransaction(
                    Map.of(log, new OffsetAndMetadata(derived + 1)), context.parserGroup());
        }
        producer.commitTransaction();
        sent.clear();
        pendingBytes = 0;
        // Behind the last change there may be what ends a transaction.
        pass(done ? context.plan().chain().end(archivedLog) : next);
        if (!done) {
            producer.beginTransaction();
        }
    }

    private void pass(long offset) {
        context.passed().add(offset - passed);
        passed = offset;
    }

    /** Writes what was derived from changes before an offset. */
    private void derive(
            DerivedRecords records, String topic, long next, long from, boolean isDocument)
            throws ExecutionException, InterruptedException {
        for (DerivedRecords.Derived each = records.peek();
                each != null && each.change() < next;
                each = records.peek()) {
            records.skip();
            Sent change = sent.get(each.change());
            if (each.change() < from || change == null) {
                continue;
            }
            long offset = change.written().get().offset();
            send(
                    topic,
                    each.record(),
                    value(each.record(), change),
                    headers(LeftOutSource.headers(each.record()), offset));
            if (isDocument) {
                derived = offset;
            }
            restored =
                    restored.plus(
                            isDocument
                                    ? new Restored(0, 1, 0, size(each.record()))
                                    : new Restored(0, 0, 1, size(each.record())));
        }
    }

    private byte @Nullable [] value(ArchivedRecord record, Sent change) {
        if (!LeftOutSource.isLeftOut(record)) {
            return context.schemas().translate(record.value());
        }
        ByteBuffer content = change.content();
        if (content == null) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "Record %d of documents is from a change that has no content."
                            .formatted(record.offset()));
        }
        return context.documents()
                .serialize(LeftOutSource.putBack(record, content, context.archivedDocuments()));
    }

    /** The same headers, but for the change that it is from. */
    private Headers headers(List<Header> archived, long change) {
        Headers headers = new RecordHeaders(archived);
        Headers from = new Provenance(context.topic(), change).toHeaders();
        from.forEach(
                header -> {
                    headers.remove(header.key());
                    headers.add(header);
                });
        return headers;
    }
}
