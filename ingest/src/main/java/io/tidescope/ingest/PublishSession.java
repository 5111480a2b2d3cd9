package io.tidescope.ingest;

import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.FileKey;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.repositories.RefStateTail;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The right to publish one repository, held until another publisher of it takes it.
 *
 * <p>Opening fences every earlier session of the repository and only then reads what is published,
 * so what it knows stays true for as long as it can commit. After a failure it is {@linkplain
 * #isBroken broken} and only good for closing. For one thread.
 */
final class PublishSession implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String repository;
    private final int partitions;
    private final EventLog log;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, RefState> states = new HashMap<>();
    private boolean inTransaction;
    private boolean broken;
    private boolean fenced;

    private PublishSession(String repository, EventLog log) {
        this.repository = repository;
        this.log = log;
        this.partitions = log.topics().partitions();
        this.producer =
                new KafkaProducer<>(
                        log.producerProperties(repository),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    static PublishSession open(String repository, EventLog log) {
        // Whoever may not publish must not fence whoever may.
        long unused = log.permit().require();
        PublishSession session = new PublishSession(repository, log);
        try {
            session.start();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e instanceof KafkaException ? session.failed("take over publishing", e) : e;
        }
    }

    private void start() {
        producer.initTransactions();
        try (RefStateTail tail = log.refStates()) {
            tail.catchUp(EventLog.READ_TIMEOUT);
            tail.states()
                    .forEach(
                            (key, state) -> {
                                if (key.repository().equals(repository)) {
                                    states.put(key.ref(), state);
                                }
                            });
        }
    }

    /** What is published of each ref of the repository, gone ones included. */
    Collection<RefState> states() {
        return states.values();
    }

    @Nullable RefState find(String ref) {
        return states.get(ref);
    }

    /**
     * Sends a file's event to the file's partition; the first one begins a transaction.
     *
     * @param headers null for none
     */
    void send(FileChange change, @Nullable List<Header> headers) {
        int partition = DocumentPartitioner.partition(repository, change.getPath(), partitions);
        send(change, partition, headers);
    }

    void sendToEveryPartition(FileChange marker, @Nullable List<Header> headers) {
        for (int partition = 0; partition < partitions; partition++) {
            send(marker, partition, headers);
        }
    }

    private void send(FileChange change, int partition, @Nullable List<Header> headers) {
        byte[] key = new FileKey(repository, change.getPath()).toBytes();
        byte[] value = log.fileChanges().serialize(change);
        attempt(
                "send a change",
                () ->
                        send(
                                new ProducerRecord<>(
                                        log.names().fileChanges(),
                                        partition,
                                        key,
                                        value,
                                        headers)));
    }

    /** What becomes of it is told by the commit. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ProducerRecord<byte[], byte[]> record) {
        if (!inTransaction) {
            producer.beginTransaction();
            inTransaction = true;
        }
        producer.send(record);
    }

    /** Commits what was sent, together with what it means for the ref. */
    void commit(RefState state) {
        byte[] key = new RefKey(repository, state.getRef()).toBytes();
        byte[] value = log.refStateSerde().serialize(state);
        attempt(
                "commit",
                () -> {
                    send(new ProducerRecord<>(log.names().repositories(), 0, key, value));
                    requirePermit();
                    producer.commitTransaction();
                });
        inTransaction = false;
        states.put(state.getRef(), state);
    }

    /** What was sent already is given up with the session. */
    private void requirePermit() {
        try {
            long unused = log.permit().require();
        } catch (TideScopeException e) {
            broken = true;
            throw e;
        }
    }

    boolean isBroken() {
        return broken;
    }

    /**
     * Whether a publish can begin: it is not broken, and nothing was sent that is not committed.
     */
    boolean isClean() {
        return !broken && !inTransaction;
    }

    /** Whether it is broken because a later session of the repository was opened. */
    boolean isFenced() {
        return fenced;
    }

    private void attempt(String what, Runnable action) {
        try {
            action.run();
        } catch (KafkaException | IllegalStateException e) {
            broken = true;
            throw failed(what, e);
        }
    }

    private TideScopeException failed(String what, RuntimeException cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            fenced |=
                    at instanceof ProducerFencedException
                            || at instanceof InvalidProducerEpochException;
        }
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                fenced
                        ? "another publisher of "
                                + repository
                                + " has taken over; run only one, or this one takes over again"
                        : "cannot "
                                + what
                                + " for "
                                + repository
                                + ": "
                                + cause.getMessage()
                                + "; is the broker up?",
                cause);
    }

    /** Leaves an open transaction to the broker, which aborts it for the next session. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
