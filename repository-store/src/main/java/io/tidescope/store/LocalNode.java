package io.tidescope.store;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindLargest;
import io.tidescope.store.query.FindTroubled;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.Reading;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks the partitions of this process: one after the other on the caller's thread, or, when each
 * has to be scanned, side by side on the few threads that all scans share.
 *
 * <p>The stores are asked themselves rather than through Kafka Streams, which loses sight of a
 * partition whenever it moves it from standby to active.
 */
final class LocalNode implements NodeClient {
    private final PartitionBoard board;
    private final Scanners scanners;
    private final Supplier<NodeStatus> status;
    private final Supplier<NodeInspection> inspection;

    /**
     * @param scanners closed by its owner
     */
    LocalNode(
            PartitionBoard board,
            Scanners scanners,
            Supplier<NodeStatus> status,
            Supplier<NodeInspection> inspection) {
        this.board = board;
        this.scanners = scanners;
        this.status = status;
        this.inspection = inspection;
    }

    @Override
    public NodeStatus status(Deadline deadline) {
        return status.get();
    }

    @Override
    public NodeInspection inspect(Deadline deadline) {
        return inspection.get();
    }

    @Override
    public <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        if (query.scans()) {
            return askSideBySide(query, bounds);
        }
        Map<Integer, PartitionReply<R>> replies = HashMap.newHashMap(bounds.size());
        bounds.forEach((partition, bound) -> replies.put(partition, ask(query, partition, bound)));
        return replies;
    }

    private <R> Map<Integer, PartitionReply<R>> askSideBySide(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        Map<Integer, PartitionReply<R>> replies = HashMap.newHashMap(bounds.size());
        Map<Integer, Future<PartitionReply<R>>> running = new TreeMap<>();
        try {
            bounds.forEach(
                    (partition, bound) -> {
                        // What needs no thread takes none.
                        PartitionReply<R> known = withoutReading(board.find(partition), bound);
                        if (known != null) {
                            replies.put(partition, known);
                        } else if (scanners.full()) {
                            replies.put(
                                    partition,
                                    refused(
                                            Refusal.OVERLOADED,
                                            "too many scans wait for a thread"));
                        } else {
                            running.put(
                                    partition,
                                    scanners.submit(
                                            time(query), () -> ask(query, partition, bound)));
                        }
                    });
            running.forEach((partition, reply) -> replies.put(partition, await(reply, query)));
            return replies;
        } finally {
            // What is still waiting for a thread need not start any more.
            running.values().forEach(reply -> reply.cancel(false));
        }
    }

    private <R> PartitionReply<R> ask(StoreQuery<R> query, int partition, PartitionBound bound) {
        HeldPartition held = board.find(partition);
        PartitionReply<R> known = withoutReading(held, bound);
        if (known != null || held == null) {
            return known == null ? notHere() : known;
        }
        boolean active = held.state() == State.ACTIVE;
        Optional<Reading<R>> read;
        try {
            read = held.store().read(query);
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
            // Another node may have it whole, and the other partitions are. The store has logged
            // what it is; whoever asks must not see bytes that may be of others.
            return refused(
                    Refusal.RESTORING, "the partition is damaged here and has to be built again");
        }
        if (read.isEmpty()) {
            return notHere();
        }
        // A process that was stopped in between may have read what is no longer the newest.
        boolean stillActive = active && isActive(partition, held);
        if (bound.activeOnly() && !stillActive) {
            return standby();
        }
        Reading<R> reading = read.get();
        if (reading.position() < Math.max(held.position(), bound.minPosition())) {
            return refused(Refusal.RESTORING, "the partition was opened again meanwhile");
        }
        return new PartitionReply.Answered<>(
                reading.answer(), held.standing(reading.position(), stillActive));
    }

    private boolean isActive(int partition, HeldPartition before) {
        HeldPartition now = board.find(partition);
        return now != null && now.store() == before.store() && now.state() == State.ACTIVE;
    }

    /** The reply, if the partition's state is enough for it; null when it has to be read. */
    private static <R> @Nullable PartitionReply<R> withoutReading(
            @Nullable HeldPartition held, PartitionBound bound) {
        if (held == null) {
            return notHere();
        }
        State state = held.state();
        if (state == State.RESTORING) {
            return refused(Refusal.RESTORING, restoring(held));
        }
        if (bound.activeOnly() && state != State.ACTIVE) {
            return standby();
        }
        // What the asker has may be newer than what is here, and is as good.
        if (bound.knownPosition() >= Math.max(held.position(), bound.minPosition())
                && bound.knownPosition() >= 0) {
            return new PartitionReply.Unchanged<>(held.standing());
        }
        return held.position() < bound.minPosition()
                ? refused(
                        Refusal.BEHIND,
                        "the partition is at record %d here, and %d is asked for"
                                .formatted(held.position(), bound.minPosition()))
                : null;
    }

    private static <R> PartitionReply<R> notHere() {
        return refused(Refusal.NOT_HERE, "the partition is not on this node");
    }

    private static <R> PartitionReply<R> standby() {
        return refused(Refusal.STANDBY, "the partition is only a standby on this node");
    }

    private static <R> PartitionReply<R> refused(Refusal refusal, String reason) {
        return new PartitionReply.Refused<>(refusal, reason);
    }

    private static String restoring(HeldPartition held) {
        return held.restoreEnd() < 0
                ? "the partition is being opened"
                : "the partition is being restored: record %d of %d"
                        .formatted(held.position() + 1, held.restoreEnd());
    }

    private static <T> T await(Future<T> answer, StoreQuery<?> query) {
        try {
            return answer.get(query.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TideScopeException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The deadline passed before all partitions had answered.",
                    e);
        } catch (CancellationException e) {
            throw new TideScopeException(ErrorCode.UNAVAILABLE, "The store is not running.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TideScopeException known) {
                throw known;
            }
            throw new TideScopeException(ErrorCode.INTERNAL, "A partition failed to answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, "The node stopped while it was answering.", e);
        }
    }

    /** How long a scan may keep a thread; zero for those that go over names only. */
    private static Duration time(StoreQuery<?> query) {
        return switch (query) {
            case SearchStructure search -> search.time();
            // Nobody waits for them as somebody does for a search.
            case FindLargest survey -> survey.deadline().remaining();
            case FindTroubled survey -> survey.deadline().remaining();
            default -> Duration.ZERO;
        };
    }
}
