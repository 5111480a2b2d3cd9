package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.query.InMemoryStore.Slicing;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Structural searches are read slice by slice and page by page; wherever they end, they go on. */
@Timeout(60)
class StructureSearchPagingTest {
    private static final int PARTITIONS = 5;
    private static final int MAX_HELD = 2 * PARTITIONS * 1_024;
    private static final Search FIELDS =
            Search.of(new Rule.OfKind(Set.of(NodeKind.FIELD_DECLARATION)));

    private final InMemoryStore store = new InMemoryStore(PARTITIONS);
    private final Gateway gateway = new Gateway(store);
    private final SampleIndex index = new SampleIndex(store);
    private final AtomicInteger slices = new AtomicInteger();
    private int matches;

    @BeforeEach
    void fill() {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            put(i, random.nextInt(5) == 0 ? 60 + random.nextInt(60) : random.nextInt(9));
        }
    }

    /** What pages of a search had, one after the other. */
    private static final class Pages implements MatchReceiver {
        private final List<StructurePlace> places = new ArrayList<>();
        private final List<StructureEnd> ends = new ArrayList<>();

        @Override
        public void accept(StructureHit match) {
            places.add(match.place());
        }

        @Override
        public void pause() {}

        StructureEnd last() {
            return ends.getLast();
        }

        long count() {
            return ends.stream().mapToLong(StructureEnd::count).sum();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyMatchIsThereOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        store.sliceBy((query, partition, slice) -> shorter(query, slice, random, 30));

        Pages pages = read(false, () -> 1 + random.nextInt(200));

        assertAll(pages);
        assertThat(pages.ends).allMatch(StructureEnd::complete);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatTheDeadlineCutOffIsOnLaterPages(long seed) throws Exception {
        Random random = new Random(seed);
        store.sliceBy(cutOffAfter(() -> random.nextInt(6), random, 30));

        Pages pages = read(false, () -> 10_000);

        assertAll(pages);
        assertThat(pages.ends.getFirst().complete()).isFalse();
        assertThat(pages.ends.getFirst().reason()).contains("ran out of time");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatTheDeadlineLeftUncountedIsCountedLater(long seed) throws Exception {
        Random random = new Random(seed);
        store.sliceBy(cutOffAfter(() -> random.nextInt(6), random, 4));

        Pages pages = read(true, () -> 1);

        assertThat(pages.places).isEmpty();
        assertThat(pages.count()).isEqualTo(matches);
        assertThat(pages.ends).hasSizeGreaterThan(1);
        assertThat(pages.last().complete()).isTrue();
    }

    @Test
    void aPartitionThatIsLostEndsThePageUpToWhereItCame() throws Exception {
        Random random = new Random(3);
        store.sliceBy(
                (query, partition, slice) -> {
                    if (slices.incrementAndGet() == 2 * PARTITIONS) {
                        store.lose(2, "the partition is being opened");
                    }
                    return shorter(query, slice, random, 30);
                });
        Pages pages = new Pages();

        StructureEnd cut = page(false, 10_000, null, pages);
        store.restore(2);
        readFrom(cut.nextCursor(), false, () -> 10_000, pages);

        assertThat(cut.complete()).isFalse();
        assertThat(cut.missing()).containsOnlyKeys(2);
        assertThat(cut.reason()).contains("being opened");
        assertAll(pages);
    }

    @Test
    void aPartitionThatIsNotThereFromTheStartLeavesTheOthers() throws Exception {
        store.lose(2, "gone");

        Pages pages = read(false, () -> 50);

        assertThat(pages.places).isSorted().hasSizeBetween(1, matches - 1);
        assertThat(pages.ends)
                .noneMatch(StructureEnd::complete)
                .allMatch(it -> it.reason() == null);
    }

    @Test
    void whoCameNowhereGetsWhatOthersFoundAndNoCursor() throws Exception {
        store.sliceBy(
                (query, partition, slice) ->
                        partition == 1
                                ? new StructureHits(List.of(), false, query.after(), slice.effort())
                                : slice);
        Pages pages = new Pages();

        StructureEnd end = page(false, 10_000, null, pages, Deadline.in(Duration.ofMillis(200)));

        assertThat(end.complete()).isFalse();
        assertThat(end.nextCursor()).isNull();
        assertThat(pages.places).isNotEmpty().isSorted().doesNotHaveDuplicates();
        assertThat(end.count()).isEqualTo(pages.places.size());
    }

    @Test
    void whatFailsInALaterSliceIsNotShown() throws Exception {
        store.sliceBy(
                (query, partition, slice) -> {
                    if (slices.incrementAndGet() > PARTITIONS) {
                        throw new IllegalStateException("a secret");
                    }
                    return cut(query, slice, 1);
                });

        StructureEnd end = page(false, 10_000, null, new Pages());

        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).contains("its log has the reason").doesNotContain("secret");
        assertThat(end.missing()).hasSize(1);
        assertThat(end.nextCursor()).isNotNull();
    }

    @Test
    void whatFailsBeforeAnythingIsFoundIsAnError() {
        store.sliceBy(
                (query, partition, slice) -> {
                    throw new TideScopeException(ErrorCode.CORRUPT, "damaged");
                });

        assertThatThrownBy(() -> page(false, 10, null, new Pages()))
                .isInstanceOf(TideScopeException.class)
                .hasMessage("damaged");
    }

    @Test
    void aSearchWithoutTimeForItsFirstSlicesIsAPageOfNothing() throws Exception {
        store.sliceBy(
                (query, partition, slice) -> {
                    throw new TideScopeException(
                            ErrorCode.DEADLINE_EXCEEDED, "It ran out of time.");
                });
        Pages pages = new Pages();

        StructureEnd end = page(false, 10, null, pages);

        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).isNotNull();
        assertThat(end.nextCursor()).isNull();
        assertThat(pages.places).isEmpty();
    }

    @Test
    void treesThatCannotBeReadAreToldBesideWhyAPageEndedEarly() throws Exception {
        AtomicInteger ofPage = new AtomicInteger();
        store.sliceBy(
                (query, partition, slice) -> {
                    if (ofPage.getAndIncrement() == PARTITIONS) {
                        throw new TideScopeException(
                                ErrorCode.DEADLINE_EXCEEDED, "It ran out of time.");
                    }
                    long damaged = query.after() == null && partition == 1 ? 2 : 0;
                    return new StructureHits(
                            cut(query, slice, 1).found(),
                            cut(query, slice, 1).ended(),
                            cut(query, slice, 1).reached(),
                            new SearchEffort("*", 1, 1, 1, damaged));
                });

        Pages pages = read(false, () -> 10_000);

        StructureEnd first = pages.ends.getFirst();
        assertThat(first.complete()).isFalse();
        assertThat(first.reason()).contains("ran out of time");
        assertThat(first.effort().unreadable()).isEqualTo(2);
        assertThat(pages.last().complete()).isTrue();
    }

    @Test
    void aPageWithTreesThatCannotBeReadIsNotComplete() throws Exception {
        store.sliceBy(
                (query, partition, slice) ->
                        new StructureHits(
                                slice.found(),
                                slice.ended(),
                                slice.reached(),
                                new SearchEffort("*", 1, 1, 1, query.after() == null ? 1 : 0)));

        StructureEnd end = page(false, 10_000, null, new Pages());

        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).isNull();
        assertThat(end.effort().unreadable()).isEqualTo(PARTITIONS);
    }

    @Test
    void aSliceGetsNoLessTimeThanTheOneBefore() throws Exception {
        Map<Integer, List<Duration>> times = new ConcurrentHashMap<>();
        store.sliceBy(
                (query, partition, slice) -> {
                    List<Duration> before =
                            times.computeIfAbsent(partition, one -> new ArrayList<>());
                    before.add(query.time());
                    return before.size() <= 6
                            ? new StructureHits(List.of(), false, query.after(), slice.effort())
                            : cut(query, slice, 5);
                });

        Pages pages = read(false, () -> 10_000);

        assertAll(pages);
        assertThat(times.get(1)).hasSizeGreaterThan(8).isSorted();
    }

    @Test
    void tellsHowManyDocumentsAreInScopeWhenThereIsTime() throws Exception {
        StructureQuestion question =
                new StructureQuestion(
                        FIELDS, new Scope(null, Scope.ALL_REFS), PathGlobs.ALL, false, true);
        PageRequest request = PageRequest.of("question", 10, null);

        try (StructureSearch search = gateway.search(question, request, soon())) {
            assertThat(search.run(new Pages()).documents()).isEqualTo(60);
        }
        Deadline passing = Deadline.in(Duration.ofMillis(300));
        store.sliceBy(
                (query, partition, slice) ->
                        new StructureHits(List.of(), false, query.after(), slice.effort()));
        try (StructureSearch search = gateway.search(question, request, passing)) {
            MatchReceiver slow =
                    new MatchReceiver() {
                        @Override
                        public void accept(StructureHit match) {}

                        @Override
                        public void pause() {
                            while (!passing.passed()) {
                                LockSupport.parkNanos(passing.remaining().toNanos());
                            }
                        }
                    };
            StructureEnd end = search.run(slow);
            assertThat(end.documents()).isNull();
            assertThat(end.complete()).isFalse();
        }
    }

    @Test
    void holdsFewMatchesHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 200; i++) {
            put(i, 200);
        }
        AtomicLong served = new AtomicLong();
        store.sliceBy(
                (query, partition, slice) -> {
                    served.addAndGet(slice.found().size());
                    return slice;
                });
        AtomicLong taken = new AtomicLong();
        AtomicLong mostHeld = new AtomicLong();

        StructureEnd end =
                search(false, 100_000, null, soon())
                        .run(
                                new MatchReceiver() {
                                    @Override
                                    public void accept(StructureHit match) {
                                        long held = served.get() - taken.getAndIncrement();
                                        mostHeld.accumulateAndGet(held, Math::max);
                                    }

                                    @Override
                                    public void pause() {}
                                });

        assertThat(end.count()).isEqualTo(200 * 200);
        assertThat(mostHeld.get()).isBetween(1L, (long) MAX_HELD);
    }

    @Test
    void nobodyGoesOnSearchingForWhoDoesNotRead() throws Exception {
        CountDownLatch searching = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        store.sliceBy(
                (query, partition, slice) -> {
                    if (slices.incrementAndGet() > PARTITIONS) {
                        searching.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }
                    return cut(query, slice, 1);
                });
        MatchReceiver gone =
                new MatchReceiver() {
                    @Override
                    public void accept(StructureHit match) {}

                    @Override
                    public void pause() throws IOException {
                        try {
                            searching.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        throw new EOFException();
                    }
                };

        try (StructureSearch search = search(false, 10_000, null, soon())) {
            assertThatThrownBy(() -> search.run(gone)).isInstanceOf(EOFException.class);
        }

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void assertAll(Pages pages) {
        assertThat(pages.places).isSorted().doesNotHaveDuplicates().hasSize(matches);
        assertThat(pages.count()).isEqualTo(matches);
        assertThat(pages.last().nextCursor()).isNull();
        assertThat(pages.last().complete()).isTrue();
    }

    /** Lets each page have so many slices besides the first of each partition. */
    private Slicing cutOffAfter(Supplier<Integer> many, Random random, int size) {
        Map<Deadline, AtomicInteger> left = new ConcurrentHashMap<>();
        return (query, partition, slice) -> {
            AtomicInteger ofPage =
                    left.computeIfAbsent(
                            query.deadline(), page -> new AtomicInteger(PARTITIONS + many.get()));
            if (ofPage.getAndDecrement() <= 0) {
                throw new TideScopeException(ErrorCode.DEADLINE_EXCEEDED, "It ran out of time.");
            }
            return shorter(query, slice, random, size);
        };
    }

    private static StructureHits shorter(
            SearchStructure query, StructureHits slice, Random random, int size) {
        synchronized (random) {
            return cut(query, slice, 1 + random.nextInt(size));
        }
    }

    /** The beginning of a slice, as when its time is over. */
    private static StructureHits cut(SearchStructure query, StructureHits slice, int size) {
        if (slice.found().size() <= size) {
            return slice;
        }
        List<StructureFinding> found = slice.found().subList(0, size);
        return new StructureHits(found, false, found.getLast().place(), slice.effort());
    }

    private Pages read(boolean countOnly, Supplier<Integer> limit) throws Exception {
        Pages pages = new Pages();
        readFrom(null, countOnly, limit, pages);
        return pages;
    }

    private void readFrom(
            @Nullable String cursor, boolean countOnly, Supplier<Integer> limit, Pages pages)
            throws Exception {
        String next = cursor;
        do {
            next = page(countOnly, limit.get(), next, pages).nextCursor();
        } while (next != null);
    }

    private StructureEnd page(boolean countOnly, int limit, @Nullable String cursor, Pages pages)
            throws Exception {
        return page(countOnly, limit, cursor, pages, soon());
    }

    private StructureEnd page(
            boolean countOnly, int limit, @Nullable String cursor, Pages pages, Deadline deadline)
            throws Exception {
        try (StructureSearch search = search(countOnly, limit, cursor, deadline)) {
            StructureEnd end = search.run(pages);
            pages.ends.add(end);
            return end;
        }
    }

    private StructureSearch search(
            boolean countOnly, int limit, @Nullable String cursor, Deadline deadline) {
        return gateway.search(
                new StructureQuestion(
                        FIELDS, new Scope(null, Scope.ALL_REFS), PathGlobs.ALL, countOnly, false),
                PageRequest.of("question", limit, cursor),
                deadline);
    }

    private void put(int number, int fields) {
        StringBuilder source = new StringBuilder("class A {");
        for (int i = 0; i < fields; i++) {
            source.append(" int a").append(i).append(';');
        }
        index.put("src/%d.java".formatted(number), source.append(" }").toString());
        matches += fields;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
