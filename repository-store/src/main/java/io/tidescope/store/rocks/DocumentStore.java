package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Task;
import io.tidescope.store.query.StoreQuery;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.RecordBatchingStateRestoreCallback;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The document store of one partition, as Kafka Streams sees it.
 *
 * <p>It keeps its own offset, in the same write as what the record changed; {@link #commit} makes
 * everything durable up to some record. After a crash it is what it was at an earlier record, and
 * the topic has the rest. Streams opens, hands over records and closes on one thread at a time,
 * {@link Appliers} apply them, any number of threads ask meanwhile, and {@link #close} waits for
 * all of them (for those who ask until their deadlines at most).
 *
 * <p>A store found damaged is marked, refuses to go on, and is built again when it is opened next.
 */
public final class DocumentStore implements StateStore, ReadableStore {
    private static final Logger log = LoggerFactory.getLogger(DocumentStore.class);

    /** What is restored comes in large batches; other stores have a turn in between. */
    private static final int PIECE_BYTES = 4 << 20;

    private final DocumentStoreBuilder made;

    /** Held while a rebuilt store takes the place of the open one, and while that is flushed. */
    private final Object taking = new Object();

    private volatile @Nullable SharedPartition open;
    private volatile @Nullable StoreDirectory directory;
    private Lane lane;
    private Housekeeping housekeeping;
    private int number;
    private StorePlaces places = new StorePlaces(Path.of(""));
    private Instant lookedAt = Instant.MIN;
    private boolean touched;
    private long flushedPosition;
    private Instant lastFlush = Instant.MIN;
    private boolean flushOwed;
    private boolean live;
    private volatile boolean damaged;

    DocumentStore(DocumentStoreBuilder made) {
        this.made = made;
        lane = made.appliers().lane();
        housekeeping = made.housekeeping(number);
    }

    @Override
    public String name() {
        return made.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open(context.taskId().partition(), context.stateDir().toPath().resolve(made.name()));
        context.register(root, new Restoring());
    }

    /**
     * Opens the store in a directory of its own, which it makes if needed. What is there and cannot
     * be gone on with is deleted, and the topic has it all.
     *
     * @throws TideScopeException UNSUPPORTED_VERSION when a newer version wrote it, UNAVAILABLE
     *     when the cluster does not tell of the topic
     */
    void open(int partitionNumber, Path storeDirectory) {
        number = partitionNumber;
        damaged = false;
        live = false;
        touched = false;
        lane = made.appliers().lane();
        housekeeping = made.housekeeping(number);
        places = new StorePlaces(storeDirectory);
        KeptOpen.Opened opened = new StoreOpening(number, made).open(places);
        directory = opened.directory();
        lookedAt = opened.since();
        flushedPosition = opened.partition().progress().position();
        open = new SharedPartition(opened.partition());
        lastFlush = made.clock().instant();
        flushOwed = false;
        made.observer().opened(number, this, flushedPosition);
    }

    /**
     * From here on the store applies records as they are written, until {@link #suspended}; all
     * that it was given before is applied then.
     */
    public void restored() {
        lane.drain();
        live = true;
    }

    /**
     * It applies records as they are written no longer, and has applied all that it was given:
     * whoever follows from here on must not take it for farther on than it is.
     *
     * @throws TideScopeException what applying them failed with
     */
    public void suspended() {
        live = false;
        lane.drain();
    }

    /** What is open, for reading all of it. */
    Database database() {
        return current().database();
    }

    /**
     * Takes records, in the order of their offsets, and applies them soon; those already applied
     * change nothing.
     *
     * @throws TideScopeException what applying earlier ones failed with, CORRUPT when the store is
     *     damaged
     */
    public void apply(Collection<StoreRecord> records) {
        List<StoreRecord> piece = new ArrayList<>();
        int bytes = 0;
        for (StoreRecord record : records) {
            piece.add(record);
            bytes += record.bytes();
            if (bytes >= PIECE_BYTES) {
                hand(piece, bytes);
                piece = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!piece.isEmpty()) {
            hand(piece, bytes);
        }
    }

    /**
     * Does something once all that was taken before is applied, on the thread that applied it; not
     * at all when that failed.
     */
    public void whenApplied(Runnable what) {
        lane.hand(0, what);
    }

    private void hand(List<StoreRecord> piece, int bytes) {
        touched = true;
        lane.hand(bytes, () -> applyNow(piece));
    }

    /**
     * Does nothing as long as all goes well.
     *
     * @throws TideScopeException what applying records failed with
     */
    public void check() {
        lane.check();
    }

    private void applyNow(List<StoreRecord> records) {
        if (damaged) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "the store of partition " + number + " is damaged and has to be built again");
        }
        SharedPartition applied = shared();
        List<RevisionMarker> revisions;
        try {
            revisions = applied.partition().apply(records);
        } catch (TideScopeException e) {
            markIfDamaged(e, applied);
            throw e;
        }
        made.observer().applied(number, current().progress().position());
        if (live) {
            made.metrics().reached(revisions, made.clock().instant());
        }
    }

    /**
     * Applies what it was given and makes it durable, that at most every so often: after a crash
     * the store goes on from its own position, whatever the group has committed, and at a clean end
     * it owes nothing.
     */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        if (changelogOffsets.isEmpty()
                || changelogOffsets.values().stream().anyMatch(Objects::isNull)) {
            // Streams no longer trusts what is here.
            synchronized (taking) {
                damaged = true;
                directory().markForRebuild();
            }
            return;
        }
        lane.drain();
        synchronized (taking) {
            commit(current());
        }
    }

    private void commit(Partition current) {
        if (current.progress().position() != flushedPosition) {
            Instant now = made.clock().instant();
            if (now.isBefore(lastFlush.plus(made.flushInterval()))) {
                flushOwed = true;
                return;
            }
            lastFlush = now;
            flush(current);
        }
        // A standby is never live, and follows all the same.
        if (!damaged && (live || made.observer().isCurrent(number))) {
            directory().markCurrent();
        }
    }

    private void flush(Partition open) {
        long position = open.progress().position();
        open.database().flush();
        flushedPosition = position;
        flushOwed = false;
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition topicPartition) {
        long position = current().progress().position();
        return damaged || position < 0 ? null : position;
    }

    @Override
    @SuppressWarnings("deprecation") // until Streams takes it for granted
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open != null;
    }

    @Override
    public void close() {
        if (open == null) {
            return;
        }
        housekeeping.stop();
        lane.idle();
        SharedPartition closing = Objects.requireNonNull(open);
        // First nobody new gets in, then those inside get out: new ones would keep overtaking.
        open = null;
        made.observer().closed(number);
        closing.close(this::keeps);
    }

    private boolean keeps(Partition partition) {
        if (flushOwed && !damaged) {
            flush(partition);
        }
        // What was written to may have failed for good, and is sound again once it is reopened.
        boolean sound = !damaged && !touched;
        return sound && made.kept().keep(number, directory(), partition, lookedAt);
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        if (!(query instanceof StoreQuery<R> asked)) {
            return QueryResult.forUnknownQueryType(query, this);
        }
        return read(asked)
                .map(reading -> QueryResult.forResult(reading.answer()))
                .orElseGet(
                        () ->
                                QueryResult.forFailure(
                                        FailureReason.NOT_PRESENT, "the partition is closed"));
    }

    @Override
    @SuppressWarnings("unchecked") // what the query answers with
    public <R> Optional<Reading<R>> read(StoreQuery<R> query) {
        if (query instanceof MaintainPartition maintain) {
            return Optional.ofNullable(open)
                    .map(it -> new Reading<>((R) maintain(maintain.begin()), position()));
        }
        return reading(partition -> Answers.answer(query, partition));
    }

    private <R> Optional<R> reading(Function<Partition, R> reading) {
        while (true) {
            SharedPartition now = open;
            if (now == null) {
                return Optional.empty();
            }
            Optional<R> read;
            try {
                read = now.read(reading);
            } catch (TideScopeException e) {
                markIfDamaged(e, now);
                throw e;
            }
            // Unless another one has taken its place just now.
            if (read.isPresent() || now == open) {
                return read;
            }
        }
    }

    @Override
    public DiskUse diskUse() {
        return reading(partition -> partition.database().diskUse()).orElse(DiskUse.NONE);
    }

    /** What it takes on disk; 0 when it is closed. */
    long liveBytes() {
        return reading(partition -> partition.database().liveBytes()).orElse(0L);
    }

    /** Offset of the last record that was applied; -1 for none. */
    long position() {
        return current().progress().position();
    }

    private Maintenance maintain(@Nullable Task begin) {
        if (begin != null) {
            Errand errand =
                    switch (begin) {
                        case COMPACT -> new Compaction(() -> current().database());
                        case REBUILD ->
                                new Rebuild(
                                        this, made, number, () -> places.other(directory().path()));
                    };
            housekeeping.begin(begin, errand, this::liveBytes);
        }
        return housekeeping.now();
    }

    /**
     * Has a partition take the place of the one that is open, at a moment at which nothing is
     * applied to it.
     *
     * @param place where it is; it becomes complete
     * @param caughtUp brings it to where this one is, or false when that takes too long
     * @return false when it had not caught up, and nothing has changed
     * @throws TideScopeException what applying records failed with
     */
    boolean replace(Partition fresh, StoreDirectory place, BooleanSupplier caughtUp) {
        StoreDirectory leftPlace = directory();
        Optional<SharedPartition> left =
                lane.call(
                        () ->
                                caughtUp.getAsBoolean()
                                        ? Optional.of(take(fresh, place))
                                        : Optional.empty());
        left.ifPresent(it -> deleteReplaced(it, leftPlace));
        return left.isPresent();
    }

    /** The other one answers by now, so nothing that goes wrong here is the matter of a rebuild. */
    private void deleteReplaced(SharedPartition left, StoreDirectory place) {
        try {
            left.close();
            place.delete();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("partition", number)
                    .setCause(e)
                    .log("A store that was replaced is deleted at the next start");
        }
    }

    private SharedPartition take(Partition fresh, StoreDirectory place) {
        synchronized (taking) {
            SharedPartition old = Objects.requireNonNull(open);
            place.complete();
            directory().markForRebuild();
            directory = place;
            flushedPosition = fresh.progress().position();
            flushOwed = false;
            touched = true;
            damaged = false;
            open = new SharedPartition(fresh);
            made.observer().applied(number, flushedPosition);
            return old;
        }
    }

    /**
     * @param read what it was found in; it may have been replaced meanwhile
     */
    private void markIfDamaged(TideScopeException e, SharedPartition read) {
        if (e.code() != ErrorCode.CORRUPT) {
            return;
        }
        synchronized (taking) {
            if (damaged || read != open) {
                return;
            }
            damaged = true;
            directory().markForRebuild();
        }
        made.metrics().damaged();
        log.atError().addKeyValue("partition", number).setCause(e).log("store damaged");
    }

    private StoreDirectory directory() {
        return Objects.requireNonNull(directory, "never opened");
    }

    private Partition current() {
        return shared().partition();
    }

    private SharedPartition shared() {
        SharedPartition now = open;
        if (now == null) {
            throw new IllegalStateException("the store of partition " + number + " is not open");
        }
        return now;
    }

    /**
     * Takes restored records with their offsets, which the public callbacks do not tell; Streams
     * adapts every callback to this one.
     */
    private final class Restoring implements RecordBatchingStateRestoreCallback {
        @Override
        public void restoreBatch(Collection<ConsumerRecord<byte[], byte[]>> records) {
            apply(
                    records.stream()
                            .map(it -> new StoreRecord(it.offset(), it.key(), it.value()))
                            .toList());
            made.metrics().restored(records.size());
        }
    }
}
