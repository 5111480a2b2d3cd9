package io.tidescope.query;

import static io.tidescope.query.PagedSearch.PARTITIONS;
import static io.tidescope.query.PagedSearch.cut;
import static io.tidescope.query.PagedSearch.shorter;
import static io.tidescope.query.PagedSearch.soon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.query.PagedSearch.Pages;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Structural searches are read slice by slice and page by page; wherever they end, they go on. */
@Timeout(60)
class StructureSearchPagingTest {
    private static final int MAX_HELD = 3 * PARTITIONS * 1_024;

    private final PagedSearch paged = new PagedSearch();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyMatchIsThereOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        paged.store.sliceBy((query, partition, slice) -> shorter(query, slice, random, 30));

        Pages pages = paged.read(false, () -> 1 + random.nextInt(200));

        paged.assertAll(pages);
        assertThat(pages.ends).allMatch(StructureEnd::complete);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatTheDeadlineCutOffIsOnLaterPages(long seed) throws Exception {
        Random random = new Random(seed);
        paged.store.sliceBy(paged.cutOffAfter(() -> random.nextInt(6), random, 30));

        Pages pages = paged.read(false, () -> 10_000);

        paged.assertAll(pages);
        assertThat(pages.ends.getFirst().complete()).isFalse();
        assertThat(pages.ends.getFirst().reason()).contains("ran out of time");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatTheDeadlineLeftUncountedIsCountedLater(long seed) throws Exception {
        Random random = new Random(seed);
        paged.store.sliceBy(paged.cutOffAfter(() -> random.nextInt(6), random, 4));

        Pages pages = paged.read(true, () -> 1);

        assertThat(pages.places).isEmpty();
        assertThat(pages.count()).isEqualTo(paged.matches);
        assertThat(pages.ends).hasSizeGreaterThan(1);
        assertThat(pages.last().complete()).isTrue();
    }

    @Test
    void aPartitionThatIsLostEndsThePageUpToWhereItCame() throws Exception {
        Random random = new Random(3);
        paged.store.sliceBy(
                (query, partition, slice) -> {
                    if (paged.slices.incrementAndGet() == 2 * PARTITIONS) {
                        paged.store.lose(2, "the partition is being opened");
                    }
                    return shorter(query, slice, random, 30);
                });
        Pages pages = new Pages();

        StructureEnd cut = paged.page(false, 10_000, null, pages);
        paged.store.restore(2);
        paged.readFrom(cut.nextCursor(), false, () -> 10_000, pages);

        assertThat(cut.complete()).isFalse();
        assertThat(cut.missing()).containsOnlyKeys(2);
        assertThat(cut.reason()).contains("being opened");
        paged.assertAll(pages);
    }

    @Test
    void aSliceGetsNoLessTimeThanTheOneBefore() throws Exception {
        Map<Integer, List<Duration>> times = new ConcurrentHashMap<>();
        paged.store.sliceBy(
                (query, partition, slice) -> {
                    List<Duration> before =
                            times.computeIfAbsent(partition, one -> new ArrayList<>());
                    before.add(query.time());
                    return before.size() <= 6
                            ? new StructureHits(List.of(), false, query.after(), slice.effort())
                            : cut(query, slice, 5);
                });

        Pages pages = paged.read(false, () -> 10_000);

        paged.assertAll(pages);
        assertThat(times.get(1)).hasSizeGreaterThan(8).isSorted();
    }

    @Test
    void holdsFewMatchesHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 200; i++) {
            paged.put(i, 200);
        }
        AtomicLong served = new AtomicLong();
        paged.store.sliceBy(
                (query, partition, slice) -> {
                    served.addAndGet(slice.found().size());
                    return slice;
                });
        AtomicLong taken = new AtomicLong();
        AtomicLong mostHeld = new AtomicLong();

        StructureEnd end =
                paged.search(false, 100_000, null, soon())
                        .run(
                                new EachMatch() {
                                    @Override
                                    void accept(StructureHit match) {
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
        paged.store.sliceBy(
                (query, partition, slice) -> {
                    if (paged.slices.incrementAndGet() > PARTITIONS) {
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
                new EachMatch() {
                    @Override
                    void accept(StructureHit match) {}

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

        try (StructureSearch search = paged.search(false, 10_000, null, soon())) {
            assertThatThrownBy(() -> search.run(gone)).isInstanceOf(EOFException.class);
        }

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
