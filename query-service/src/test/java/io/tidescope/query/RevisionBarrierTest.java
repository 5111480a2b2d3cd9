package io.tidescope.query;

import static io.tidescope.query.SampleIndex.MAIN;
import static io.tidescope.query.SampleIndex.REPOSITORY;
import static io.tidescope.query.SampleIndex.marker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.query.request.RepositoryRevision;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

@Timeout(30)
class RevisionBarrierTest {
    private static final String COMMIT = "c".repeat(40);
    private static final String LATER = "d".repeat(40);
    private static final Scope SAMPLE = new Scope(REPOSITORY, null);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final InMemoryStore store = new InMemoryStore(3);
    private final List<RefState> published = new CopyOnWriteArrayList<>();
    private final PublishStates states = () -> published;
    private final RevisionBarrier barrier = new RevisionBarrier(store, states, 1);

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
        RevisionBarrier watched = new RevisionBarrier(counting(asked), states, 1);

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
                                new RevisionBarrier(watched, states, 1)
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
        RevisionBarrier one = new RevisionBarrier(counting(asked), states, 1);
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

    @Test
    void aRevisionThatARefIsMovedBackToIsWaitedForAgain() throws Exception {
        store.mark(numbered(1, COMMIT));
        store.mark(numbered(2, LATER));
        published.add(state(3, COMMIT, null));
        CountDownLatch asked = new CountDownLatch(2);
        RevisionBarrier watched = new RevisionBarrier(counting(asked), states, 1);

        CompletableFuture<Void> passed =
                CompletableFuture.runAsync(
                        () -> watched.await(bound(null, LONG), SAMPLE, Set.of(0, 1, 2)));
        asked.await();
        assertThat(passed).isNotDone();
        store.mark(numbered(3, COMMIT));

        passed.get();
    }

    @Test
    void aRevisionThatARefIsOnItsWayBackToIsWaitedForAgain() {
        store.mark(numbered(1, COMMIT));
        store.mark(numbered(2, LATER));
        published.add(state(3, LATER, COMMIT));

        assertThatThrownBy(() -> barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(0)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.REVISION_NOT_INDEXED));
        store.mark(numbered(3, COMMIT));
        barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(0, 1, 2));
    }

    @Test
    void theLastCompleteRevisionIsHeldWhileTheNextIsPublished() {
        store.mark(numbered(1, COMMIT));
        published.add(state(2, COMMIT, LATER));

        barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(0, 1, 2));
    }

    @Test
    void anOlderRevisionIsHeldWhateverIsPublishedSince() {
        store.mark(numbered(1, COMMIT));
        published.add(state(2, LATER, null));

        barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(0, 1, 2));
    }

    @Test
    void whatWasPublishedOnAnotherRefIsNotWaitedFor() {
        store.mark(numbered(1, COMMIT));
        published.add(
                RefState.newBuilder(state(7, COMMIT, null)).setRef("refs/heads/other").build());

        barrier.await(bound(null, Duration.ZERO), SAMPLE, Set.of(0, 1, 2));
    }

    @Test
    void asksPublishersForWhatTheyPublishedBeforeTheQuery() {
        store.mark(numbered(1, COMMIT));
        PublishStates late =
                new PublishStates() {
                    @Override
                    public List<RefState> states() {
                        return List.of();
                    }

                    @Override
                    public List<RefState> statesNow(Deadline deadline) {
                        return List.of(state(3, COMMIT, null));
                    }
                };

        assertThatThrownBy(
                        () ->
                                new RevisionBarrier(store, late, 1)
                                        .await(bound(null, Duration.ZERO), SAMPLE, Set.of(0)))
                .isInstanceOf(TideScopeException.class);
    }

    @Test
    void aLookThatTakesTooLongIsRepeated() {
        store.mark(numbered(1, COMMIT));
        AtomicInteger looks = new AtomicInteger();
        StoreClient slow =
                new Watched(
                        store,
                        partitions -> {
                            if (looks.incrementAndGet() < 3) {
                                Deadline.in(Duration.ZERO).check();
                            }
                        });

        new RevisionBarrier(slow, states, 1).await(bound(null, LONG), SAMPLE, Set.of(0, 1, 2));

        assertThat(looks).hasValue(3);
    }

    private static RevisionMarker numbered(long sequence, String commit) {
        return RevisionMarker.newBuilder(marker(REPOSITORY, MAIN, commit, true))
                .setSequence(sequence)
                .build();
    }

    /**
     * @param target of the publish under way; null when there is none
     */
    private static RefState state(long sequence, String commit, @Nullable String target) {
        PublishProgress progress =
                target == null
                        ? null
                        : PublishProgress.newBuilder()
                                .setTarget(target)
                                .setLastPath(ByteBuffer.allocate(0))
                                .setPublished(1)
                                .setTotal(2)
                                .build();
        return RefState.newBuilder()
                .setRepository(REPOSITORY)
                .setRef(MAIN)
                .setDefaultRef(true)
                .setLocation("/srv/sample")
                .setSequence(sequence)
                .setCommit(commit)
                .setProgress(progress)
                .setUpdatedAtMillis(SampleIndex.PUBLISHED)
                .build();
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
