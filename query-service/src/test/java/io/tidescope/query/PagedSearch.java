package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.InMemoryStore.Slicing;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store of many matches, searched page by page. */
final class PagedSearch {
    static final int PARTITIONS = 5;
    static final Search FIELDS = Search.of(new Rule.OfKind(Set.of(NodeKind.FIELD_DECLARATION)));

    final InMemoryStore store = new InMemoryStore(PARTITIONS);
    final Gateway gateway = new Gateway(store);
    private final SampleIndex index = new SampleIndex(store);
    final AtomicInteger slices = new AtomicInteger();
    int matches;

    PagedSearch() {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            put(i, random.nextInt(5) == 0 ? 60 + random.nextInt(60) : random.nextInt(9));
        }
    }

    /** What pages of a search had, one after the other. */
    static final class Pages extends EachMatch {
        final List<StructurePlace> places = new ArrayList<>();
        final List<StructureEnd> ends = new ArrayList<>();

        @Override
        void accept(StructureHit match) {
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

    void assertAll(Pages pages) {
        assertThat(pages.places).isSorted().doesNotHaveDuplicates().hasSize(matches);
        assertThat(pages.count()).isEqualTo(matches);
        assertThat(pages.last().nextCursor()).isNull();
        assertThat(pages.last().complete()).isTrue();
    }

    /** Lets each page have so many slices besides the first of each partition. */
    Slicing cutOffAfter(Supplier<Integer> many, Random random, int size) {
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

    static StructureHits shorter(
            SearchStructure query, StructureHits slice, Random random, int size) {
        synchronized (random) {
            return cut(query, slice, 1 + random.nextInt(size));
        }
    }

    /** The beginning of a slice, as when its time is over. */
    static StructureHits cut(SearchStructure query, StructureHits slice, int size) {
        if (slice.found().size() <= size) {
            return slice;
        }
        List<StructureFinding> found = slice.found().subList(0, size);
        return new StructureHits(found, false, found.getLast().place(), slice.effort());
    }

    Pages read(boolean countOnly, Supplier<Integer> limit) throws Exception {
        Pages pages = new Pages();
        readFrom(null, countOnly, limit, pages);
        return pages;
    }

    void readFrom(@Nullable String cursor, boolean countOnly, Supplier<Integer> limit, Pages pages)
            throws Exception {
        String next = cursor;
        do {
            next = page(countOnly, limit.get(), next, pages).nextCursor();
        } while (next != null);
    }

    StructureEnd page(boolean countOnly, int limit, @Nullable String cursor, Pages pages)
            throws Exception {
        return page(countOnly, limit, cursor, pages, soon());
    }

    StructureEnd page(
            boolean countOnly, int limit, @Nullable String cursor, Pages pages, Deadline deadline)
            throws Exception {
        try (StructureSearch search = search(countOnly, limit, cursor, deadline)) {
            StructureEnd end = search.run(pages);
            pages.ends.add(end);
            return end;
        }
    }

    StructureSearch search(
            boolean countOnly, int limit, @Nullable String cursor, Deadline deadline) {
        return gateway.search(
                new StructureQuestion(
                        FIELDS, new Scope(null, Scope.ALL_REFS), PathGlobs.ALL, countOnly, false),
                PageRequest.of("question", limit, cursor),
                deadline);
    }

    void put(int number, int fields) {
        StringBuilder source = new StringBuilder("class A {");
        for (int i = 0; i < fields; i++) {
            source.append(" int a").append(i).append(';');
        }
        index.put("src/%d.java".formatted(number), source.append(" }").toString());
        matches += fields;
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
