package io.tidescope.query;

import static io.tidescope.query.SampleIndex.MAIN;
import static io.tidescope.query.SampleIndex.REPOSITORY;
import static io.tidescope.query.SampleIndex.marker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.query.request.RepositoryRevision;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

@Timeout(30)
class RevisionBarrierTest {
    private static final String COMMIT = "c".repeat(40);
    private static final Scope SAMPLE = new Scope(REPOSITORY, null);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final InMemoryStore store = new InMemoryStore(3);
    private final RevisionBarrier barrier = new RevisionBarrier(store, 1);

    @Test
    void letsAQueryPassWhenEveryPartitionHoldsTheRevision() {
        store.mark(marker(REPOSITORY, MAIN, COMMIT, true));

        barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(0, 1, 2));
    }

    @Test
    void doesNotWaitForPartitionsThatAreNotAsked() {
        store.mark(marker(REPOSITORY, MAIN, COMMIT, true), 1);

        barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(1));
    }

    @Test
    void waitsForTheLastPartition() throws Exception {
        store.mark(marker(REPOSITORY, MAIN, COMMIT, true), 0, 1);
        CountDownLatch asked = new CountDownLatch(2);
        RevisionBarrier watched = new RevisionBarrier(counting(asked), 1);

        CompletableFuture<Void> passed =
                CompletableFuture.runAsync(
                        () -> watched.await(bound(null, LONG), SAMPLE, Set.of(0, 1, 2)));
        asked.await();
        assertThat(passed).isNotDone();
        store.mark(marker(REPOSITORY, MAIN, COMMIT, true), 2);

        passed.get();
    }

    @Test
    void asksAPartitionThatHoldsTheRevisionNoSecondTime() {
        store.mark(marker(REPOSITORY, MAIN, COMMIT, true), 0, 1);
        AtomicInteger askedAgain = new AtomicInteger();
        StoreClient watched =
                new Watched(
                        store,
                        partitions -> {
                            if (partitions.equals(Set.of(2))) {
                                askedAgain.incrementAndGet();
                            } else {
                                assertThat(askedAgain).hasValue(0);
                            }
                        });

        assertThatThrownBy(
                        () ->
                                new RevisionBarrier(watched, 1)
                                        .await(
                                                bound(null, Duration.ofSeconds(1)),
                                                SAMPLE,
                                                Set.of(0, 1, 2)))
                .isInstanceOf(TideScopeException.class);
        assertThat(askedAgain).hasPositiveValue();
    }

    @Test
    void saysWhichRevisionDidNotComeInTime() {
        store.mark(marker(REPOSITORY, MAIN, COMMIT, true), 0, 1);

        assertThatThrownBy(
                        () ->
                                barrier.await(
                                        bound(null, Duration.ofMillis(5)), SAMPLE, Set.of(0, 1, 2)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.REVISION_NOT_INDEXED);
                            assertThat(e.parameter()).isEqualTo("min_revision");
                            assertThat(e).hasMessageContaining(COMMIT);
                        });
    }

    @Test
    void aBranchThatHoldsTheRevisionDoesNotStandForTheDefaultRef() {
        store.mark(marker(REPOSITORY, "refs/heads/feature", COMMIT, false));

        assertThatThrownBy(() -> barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(0, 1, 2)))
                .isInstanceOf(TideScopeException.class);
        barrier.await(
                bound(null, Duration.ZERO),
                new Scope(REPOSITORY, "refs/heads/feature"),
                Set.of(0, 1, 2));
    }

    @Test
    void refusesARevisionOfAnotherRepositoryThanTheQuery() {
        assertThatThrownBy(
                        () -> barrier.await(bound("other/one", Duration.ZERO), SAMPLE, Set.of(0)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void doesNotLetMoreQueriesWaitThanAllowed() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        RevisionBarrier one = new RevisionBarrier(counting(asked), 1);
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> one.await(bound(null, LONG), SAMPLE, Set.of(0)));
        asked.await();

        assertThatThrownBy(() -> one.await(bound(null, LONG), SAMPLE, Set.of(0)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        store.mark(marker(REPOSITORY, MAIN, COMMIT, true));
        first.get();
    }

    private StoreClient counting(CountDownLatch asked) {
        return new Watched(store, partitions -> asked.countDown());
    }

    private static RevisionBound bound(@Nullable String repository, Duration patience) {
        return new RevisionBound(new RepositoryRevision(repository, COMMIT), patience);
    }

    /** A store that tells which partitions are asked for a revision. */
    private record Watched(StoreClient store, Consumer<Set<Integer>> listener)
            implements StoreClient {
        @Override
        public int partitions() {
            return store.partitions();
        }

        @Override
        public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
            if (query instanceof FindRevision) {
                listener.accept(partitions);
            }
            return store.ask(query, partitions);
        }
    }
}
