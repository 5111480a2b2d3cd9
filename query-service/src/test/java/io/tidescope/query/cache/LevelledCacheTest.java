package io.tidescope.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

@Timeout(30)
class LevelledCacheTest {
    private static final CacheSettings SETTINGS = CacheSettings.of("cluster");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
    private final RememberingCodec codec = new RememberingCodec();
    private final SharedAnswers shared = new SharedAnswers(new InMemory(), codec);

    @Test
    void anAnswerIsFoundAgainByWhoAsksTheSame() {
        LevelledCache cache = new LevelledCache(SETTINGS, null, meters);
        keep(look(cache, count()), 1, 5L, 10);

        AnswerCache.Lookup<Long> again = look(cache, count());

        assertThat(again.find(1)).isEqualTo(new CachedAnswer<>(5L, 10));
        assertThat(again.find(2)).isNull();
        again.confirm(1, 12);
        again.end();
        assertThat(look(cache, count()).find(1)).isEqualTo(new CachedAnswer<>(5L, 12));
        assertThat(hits("local")).isEqualTo(1);
        assertThat(misses("local")).isEqualTo(2 + 1 + 1);
    }

    @Test
    void anAnswerThatHoldsNoMoreIsReplacedAndCountsAsAMiss() {
        LevelledCache cache = new LevelledCache(SETTINGS, null, meters);
        keep(look(cache, count()), 1, 5L, 10);
        double before = misses("local");

        keep(look(cache, count(), 1), 1, 6L, 11);

        assertThat(look(cache, count()).find(1)).isEqualTo(new CachedAnswer<>(6L, 11));
        assertThat(misses("local")).isEqualTo(before + 1 + 1);
        assertThat(hits("local")).isZero();
    }

    @Test
    void whatPartitionsAnswerAtDifferentTimesIsKeptOfAll() {
        LevelledCache cache = new LevelledCache(SETTINGS, null, meters);
        AnswerCache.Lookup<Long> first = look(cache, count());
        AnswerCache.Lookup<Long> second = look(cache, count());
        first.keep(1, 5L, 10);
        second.keep(2, 6L, 20);

        first.end();
        second.end();

        assertThat(look(cache, count()).find(1)).isEqualTo(new CachedAnswer<>(5L, 10));
        assertThat(look(cache, count()).find(2)).isEqualTo(new CachedAnswer<>(6L, 20));
        assertThat(cache.levels().getFirst().entries()).isEqualTo(1);
    }

    @Test
    void whoIsLateDoesNotTakeBackWhatIsNewer() {
        LevelledCache cache = new LevelledCache(SETTINGS, null, meters);
        AnswerCache.Lookup<Long> late = look(cache, count());
        late.keep(1, 5L, 10);
        keep(look(cache, count()), 1, 6L, 12);

        late.end();

        assertThat(look(cache, count()).find(1)).isEqualTo(new CachedAnswer<>(6L, 12));
    }

    @Test
    void anotherProcessFindsWhatIsShared() throws Exception {
        LevelledCache one = new LevelledCache(SETTINGS, shared, meters);
        keep(look(one, count(), 1), 1, 5L, 10);
        waitForBytes();
        LevelledCache other = new LevelledCache(SETTINGS, shared, meters);

        AnswerCache.Lookup<Long> found = look(other, count(), 1);

        assertThat(found.find(1)).isEqualTo(new CachedAnswer<>(5L, 10));
        found.confirm(1, 10);
        found.end();
        assertThat(hits("shared")).isEqualTo(1);
        assertThat(misses("shared")).isEqualTo(1);
        bytes.clear();
        assertThat(look(other, count(), 1).find(1)).isNotNull();
    }

    @Test
    void whatIsSharedIsOfOneClusterOnly() throws Exception {
        keep(look(new LevelledCache(SETTINGS, shared, meters), count(), 1), 1, 5L, 10);
        waitForBytes();

        assertThat(
                        look(
                                        new LevelledCache(
                                                CacheSettings.of("another"), shared, meters),
                                        count(),
                                        1)
                                .find(1))
                .isNull();
    }

    @Test
    void garbageThatIsSharedIsNotFound() throws Exception {
        keep(look(new LevelledCache(SETTINGS, shared, meters), count(), 1), 1, 5L, 10);
        waitForBytes();
        bytes.replaceAll((key, value) -> SharedAnswerFormat.write(key, 10, new byte[] {9}));

        LevelledCache cache = new LevelledCache(SETTINGS, shared, meters);

        assertThat(look(cache, count(), 1).find(1)).isNull();
    }

    @Test
    void aLargeDocumentIsNotKept() {
        LevelledCache cache = new LevelledCache(SETTINGS, null, meters);
        DocumentKey key = new DocumentKey("r", "m", "p");
        FindDocument query = new FindDocument(key, true, false, soon());

        keep(look(cache, query), 1, Optional.of(document(key, 300 << 13)), 10);
        assertThat(look(cache, query).find(1)).isNull();
        keep(look(cache, query), 1, Optional.of(document(key, 100)), 10);
        assertThat(look(cache, query).find(1)).isNotNull();
    }

    @Test
    void aMatchTakesAsMuchAsTheSourceThatItHolds() {
        LevelledCache cache = new LevelledCache(SETTINGS, null, meters);
        SourceLines large = SourceLines.of(new byte[300 << 13]);
        SourceLines small = SourceLines.of(new byte[100 << 13]);

        keep(look(cache, search()), 1, hits(large), 10);
        assertThat(look(cache, search()).find(1)).isNull();
        // Several in one source hold it once.
        keep(look(cache, search()), 1, hits(small, small, small, small), 10);
        assertThat(look(cache, search()).find(1)).isNotNull();
        keep(look(cache, search()), 2, hits(small, SourceLines.of(new byte[200 << 13])), 10);
        assertThat(look(cache, search()).find(2)).isNull();
    }

    private static StructureHits hits(SourceLines... sources) {
        DocumentKey key = new DocumentKey("r", "m", "p");
        List<StructureFinding> found = new ArrayList<>();
        for (SourceLines source : sources) {
            found.add(
                    new StructureHit(key, new Match(found.size(), 0, 1, new TreeMap<>()), source));
        }
        return new StructureHits(found, true, null, new SearchEffort("*", 1, 1, 1, 0));
    }

    @Test
    void aSearchThatItsTimeEndedIsNotKept() {
        LevelledCache cache = new LevelledCache(SETTINGS, null, meters);
        SearchEffort effort = new SearchEffort("*", 1, 1, 1, 0);

        keep(look(cache, search()), 1, new StructureHits(List.of(), false, null, effort), 10);
        assertThat(look(cache, search()).find(1)).isNull();
        keep(
                look(cache, search()),
                1,
                new StructureHits(List.of(), true, null, new SearchEffort("*", 1, 1, 1, 1)),
                10);
        assertThat(look(cache, search()).find(1)).isNull();
        keep(look(cache, search()), 1, new StructureHits(List.of(), true, null, effort), 10);
        assertThat(look(cache, search()).find(1)).isNotNull();
    }

    @Test
    void keepsNoMoreThanItMay() {
        LevelledCache cache =
                new LevelledCache(new CacheSettings(100_000, 50_000, "c"), null, meters);
        for (int i = 0; i < 100; i++) {
            DocumentKey key = new DocumentKey("r", "m", "p" + i);
            keep(
                    look(cache, new FindDocument(key, true, false, soon())),
                    1,
                    Optional.of(document(key, 10_000)),
                    10);
        }

        long kept = 0;
        for (int i = 0; i < 100; i++) {
            DocumentKey key = new DocumentKey("r", "m", "p" + i);
            if (look(cache, new FindDocument(key, true, false, soon())).find(1) != null) {
                kept++;
            }
        }
        assertThat(kept).isBetween(1L, 10L);
    }

    @Test
    void countsUnderTheNamesThatDashboardsKnow() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LevelledCache cache = new LevelledCache(SETTINGS, null, prometheus);
        keep(look(cache, count(), 1), 1, 5L, 10);
        look(cache, count(), 1).confirm(1, 10);

        assertThat(prometheus.scrape())
                .contains("tide_scope_ast_cache_hits_total{cache_level=\"local\"} 1.0")
                .contains("tide_scope_ast_cache_misses_total{cache_level=\"local\"} 1.0")
                .contains("cache_level=\"shared\"");
    }

    private void waitForBytes() throws InterruptedException {
        while (bytes.isEmpty()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    private double hits(String level) {
        return meters.get("tide_scope_ast_cache_hits").tag("cache_level", level).counter().count();
    }

    private double misses(String level) {
        return meters.get("tide_scope_ast_cache_misses")
                .tag("cache_level", level)
                .counter()
                .count();
    }

    private static <R> void keep(
            AnswerCache.Lookup<R> lookup, int partition, R answer, long position) {
        lookup.keep(partition, answer, position);
        lookup.end();
    }

    private static <R> AnswerCache.Lookup<R> look(LevelledCache cache, StoreQuery<R> query) {
        return cache.look(query, Set.of(1, 2));
    }

    private static <R> AnswerCache.Lookup<R> look(
            LevelledCache cache, StoreQuery<R> query, int partition) {
        return cache.look(query, Set.of(partition));
    }

    private static CountDocuments count() {
        return new CountDocuments(Scope.EVERYWHERE, soon());
    }

    private static SearchStructure search() {
        return new SearchStructure(
                Search.of(new Rule.OfKind(Set.of(NodeKind.NAME_EXPR))),
                Scope.EVERYWHERE,
                PathGlobs.ALL,
                null,
                false,
                10,
                Duration.ofMillis(50),
                soon());
    }

    private static StoredDocument document(DocumentKey key, int size) {
        return new StoredDocument(
                key,
                1,
                "c",
                "b",
                0,
                ParseOutcome.PARSED,
                "UTF-8",
                size,
                1,
                List.of(),
                new byte[size],
                null);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    private final class InMemory implements SharedBytes {
        @Override
        public Map<String, byte[]> find(Collection<String> keys) {
            Map<String, byte[]> found = new HashMap<>();
            for (String key : keys) {
                byte @Nullable [] value = bytes.get(key);
                if (value != null) {
                    found.put(key, value);
                }
            }
            return found;
        }

        @Override
        public void keep(String key, byte[] value) {
            bytes.put(key, value);
        }
    }
}
