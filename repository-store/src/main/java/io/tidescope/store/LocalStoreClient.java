package io.tidescope.store;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.errors.StreamsStoppedException;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.query.StateQueryResult;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the partitions of this process by interactive queries: one after the other on the caller's
 * thread, or, when each has to be scanned, side by side on the few threads that all scans share.
 */
final class LocalStoreClient implements StoreClient {
    private final KafkaStreams streams;
    private final PartitionBoard board;
    private final int partitions;
    private final Scanners scanners;

    /**
     * @param scanners closed by its owner
     */
    LocalStoreClient(
            KafkaStreams streams, PartitionBoard board, int partitions, Scanners scanners) {
        this.streams = streams;
        this.board = board;
        this.partitions = partitions;
        this.scanners = scanners;
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> asked) {
        Map<Integer, String> missing = new TreeMap<>();
        Set<Integer> ready = new HashSet<>();
        for (int partition : asked) {
            PartitionStatus status = board.status(partition);
            switch (status.state()) {
                case READY -> ready.add(partition);
                case ABSENT -> missing.put(partition, "the partition is not on this node");
                case RESTORING -> missing.put(partition, restoring(status));
            }
        }
        Map<Integer, R> answers = new HashMap<>();
        if (!ready.isEmpty()) {
            if (scans(query)) {
                askSideBySide(query, ready, answers, missing);
            } else {
                sort(askHere(query, ready), answers, missing);
            }
        }
        return new Answers<>(answers, missing);
    }

    private <R> void askSideBySide(
            StoreQuery<R> query,
            Set<Integer> ready,
            Map<Integer, R> answers,
            Map<Integer, String> missing) {
        Map<Integer, Future<Map<Integer, QueryResult<R>>>> running = new TreeMap<>();
        try {
            for (int partition : ready) {
                running.put(
                        partition,
                        scanners.submit(time(query), () -> askHere(query, Set.of(partition))));
            }
            for (Future<Map<Integer, QueryResult<R>>> answer : running.values()) {
                sort(await(answer, query), answers, missing);
            }
        } finally {
            // What is still waiting for a thread need not start any more.
            running.values().forEach(answer -> answer.cancel(false));
        }
    }

    private static <T> T await(Future<T> answer, StoreQuery<?> query) {
        try {
            return answer.get(query.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TideScopeException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The deadline passed before all partitions had answered.",
                    e);
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

    private <R> Map<Integer, QueryResult<R>> askHere(StoreQuery<R> query, Set<Integer> ready) {
        StateQueryRequest<R> request =
                StateQueryRequest.inStore(StoreTopology.STORE)
                        .withQuery(query)
                        .withPartitions(ready);
        try {
            StateQueryResult<R> result = streams.query(request);
            return result.getPartitionResults();
        } catch (StreamsNotStartedException | StreamsStoppedException e) {
            throw new TideScopeException(ErrorCode.UNAVAILABLE, "The store is not running.", e);
        }
    }

    private static <R> void sort(
            Map<Integer, QueryResult<R>> results,
            Map<Integer, R> answers,
            Map<Integer, String> missing) {
        results.forEach(
                (partition, result) -> {
                    if (result.isSuccess()) {
                        answers.put(partition, result.getResult());
                    } else {
                        missing.put(partition, result.getFailureMessage());
                    }
                });
    }

    /** Whether answering takes a scan of all names, or of many documents. */
    private static boolean scans(StoreQuery<?> query) {
        return query instanceof SearchStructure
                || query instanceof CountDocuments
                || query instanceof FindSymbols find && !(find.match() instanceof NameMatch.Exact);
    }

    /** How long a scan may keep a thread; zero for those that go over names only. */
    private static Duration time(StoreQuery<?> query) {
        return query instanceof SearchStructure search ? search.time() : Duration.ZERO;
    }

    private static String restoring(PartitionStatus status) {
        return status.restoreEnd() < 0
                ? "the partition is being opened"
                : "the partition is being restored: record %d of %d"
                        .formatted(status.position() + 1, status.restoreEnd());
    }
}
