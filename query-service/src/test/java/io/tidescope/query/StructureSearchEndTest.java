package io.tidescope.query;

import static io.tidescope.query.PagedSearch.FIELDS;
import static io.tidescope.query.PagedSearch.PARTITIONS;
import static io.tidescope.query.PagedSearch.cut;
import static io.tidescope.query.PagedSearch.soon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.query.PagedSearch.Pages;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How a page of a structural search ends, and what it says of that. */
@Timeout(60)
class StructureSearchEndTest {
    private final PagedSearch paged = new PagedSearch();

    @Test
    void aPartitionThatIsNotThereFromTheStartLeavesTheOthers() throws Exception {
        paged.store.lose(2, "gone");

        Pages pages = paged.read(false, () -> 50);

        assertThat(pages.places).isSorted().hasSizeBetween(1, paged.matches - 1);
        assertThat(pages.ends)
                .noneMatch(StructureEnd::complete)
                .allMatch(it -> it.reason() == null);
    }

    @Test
    void whoCameNowhereGetsWhatOthersFoundAndNoCursor() throws Exception {
        paged.store.sliceBy(
                (query, partition, slice) ->
                        partition == 1
                                ? new StructureHits(List.of(), false, query.after(), slice.effort())
                                : slice);
        Pages pages = new Pages();

        StructureEnd end =
                paged.page(false, 10_000, null, pages, Deadline.in(Duration.ofMillis(200)));

        assertThat(end.complete()).isFalse();
        assertThat(end.nextCursor()).isNull();
        assertThat(pages.places).isNotEmpty().isSorted().doesNotHaveDuplicates();
        assertThat(end.count()).isEqualTo(pages.places.size());
    }

    @Test
    void whatFailsInALaterSliceIsNotShown() throws Exception {
        paged.store.sliceBy(
                (query, partition, slice) -> {
                    if (paged.slices.incrementAndGet() > PARTITIONS) {
                        throw new IllegalStateException("a secret");
                    }
                    return cut(query, slice, 1);
                });

        StructureEnd end = paged.page(false, 10_000, null, new Pages());

        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).contains("its log has the reason").doesNotContain("secret");
        assertThat(end.missing()).hasSize(1);
        assertThat(end.nextCursor()).isNotNull();
    }

    @Test
    void whatFailsBeforeAnythingIsFoundIsAnError() {
        paged.store.sliceBy(
                (query, partition, slice) -> {
                    throw new TideScopeException(ErrorCode.CORRUPT, "damaged");
                });

        assertThatThrownBy(() -> paged.page(false, 10, null, new Pages()))
                .isInstanceOf(TideScopeException.class)
                .hasMessage("damaged");
    }

    @Test
    void aSearchWithoutTimeForItsFirstSlicesIsAPageOfNothing() throws Exception {
        paged.store.sliceBy(
                (query, partition, slice) -> {
                    throw new TideScopeException(
                            ErrorCode.DEADLINE_EXCEEDED, "It ran out of time.");
                });
        Pages pages = new Pages();

        StructureEnd end = paged.page(false, 10, null, pages);

        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).isNotNull();
        assertThat(end.nextCursor()).isNull();
        assertThat(pages.places).isEmpty();
    }

    @Test
    void treesThatCannotBeReadAreToldBesideWhyAPageEndedEarly() throws Exception {
        AtomicInteger ofPage = new AtomicInteger();
        paged.store.sliceBy(
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

        Pages pages = paged.read(false, () -> 10_000);

        StructureEnd first = pages.ends.getFirst();
        assertThat(first.complete()).isFalse();
        assertThat(first.reason()).contains("ran out of time");
        assertThat(first.effort().unreadable()).isEqualTo(2);
        assertThat(pages.last().complete()).isTrue();
    }

    @Test
    void aPageWithTreesThatCannotBeReadIsNotComplete() throws Exception {
        paged.store.sliceBy(
                (query, partition, slice) ->
                        new StructureHits(
                                slice.found(),
                                slice.ended(),
                                slice.reached(),
                                new SearchEffort("*", 1, 1, 1, query.after() == null ? 1 : 0)));

        StructureEnd end = paged.page(false, 10_000, null, new Pages());

        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).isNull();
        assertThat(end.effort().unreadable()).isEqualTo(PARTITIONS);
    }

    @Test
    void tellsHowManyDocumentsAreInScopeWhenThereIsTime() throws Exception {
        StructureQuestion question =
                new StructureQuestion(
                        FIELDS, new Scope(null, Scope.ALL_REFS), PathGlobs.ALL, false, true);
        PageRequest request = PageRequest.of("question", 10, null);

        try (StructureSearch search = paged.gateway.search(question, request, soon())) {
            assertThat(search.run(new Pages()).documents()).isEqualTo(60);
        }
        Deadline passing = Deadline.in(Duration.ofMillis(300));
        paged.store.sliceBy(
                (query, partition, slice) ->
                        new StructureHits(List.of(), false, query.after(), slice.effort()));
        try (StructureSearch search = paged.gateway.search(question, request, passing)) {
            MatchReceiver slow =
                    new EachMatch() {
                        @Override
                        void accept(StructureHit match) {}

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
}
