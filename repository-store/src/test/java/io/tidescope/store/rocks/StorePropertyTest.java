package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.Maintenance.Phase;
import io.tidescope.store.query.Maintenance.Task;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.Symbols;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Random records, replays, crashes and rebuilds against {@link StoreModel}; {@code -Dseed=} repeats
 * one run.
 */
class StorePropertyTest {
    private static final int STEPS = 120;

    private final TestRecords records = new TestRecords();
    private final RandomTopic topic = new RandomTopic(records);
    private final StoreModel model = topic.model();

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? new Random().longs(4) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsAndAnswersWhatTheModelSays(long seed) {
        Random random = new Random(seed);
        try (StoreFixture store = new StoreFixture(records.serde())) {
            for (int step = 0; step < STEPS; step++) {
                List<StoreRecord> next = topic.next(random);
                if (random.nextInt(10) == 0) {
                    // Some that were applied before come first, as after a lost commit.
                    next.addAll(
                            0,
                            topic.written()
                                    .subList(
                                            Math.max(0, topic.written().size() - next.size() - 5),
                                            topic.written().size() - next.size()));
                }
                store.store().apply(next);
                disturb(store, random);
                if (step % 10 == 9) {
                    assertHolds(store);
                    assertAnswers(store, random);
                }
            }
            assertHolds(store);
            removeEverything(store);
        }
    }

    /** No key of any family is left of documents and refs that are gone. */
    private void removeEverything(StoreFixture store) {
        for (DocumentKey key : List.copyOf(model.documents().keySet())) {
            store.apply(records.remove(key));
        }
        for (String repository : RandomTopic.REPOSITORIES) {
            for (String ref : RandomTopic.REFS) {
                store.apply(records.remove(new DocumentKey(repository, ref, "")));
            }
        }
        assertThat(StoreContents.count(store.store().database()))
                .isEqualTo(Map.of(Family.PROGRESS, 1));
        assertThat(store.ask(new ReadStatistics(StoreFixture.soon())))
                .isEqualTo(new StoreModel().statistics(store.position()));
    }

    private void disturb(StoreFixture store, Random random) {
        switch (random.nextInt(12)) {
            case 0 -> store.commit();
            case 1 -> {
                store.reopen();
                restore(store, random);
            }
            case 2 -> {
                store.commit();
                store.reopen();
                assertThat(store.position()).isEqualTo(topic.written().getLast().offset());
            }
            case 3 -> {
                // Streams lost its trust in the state.
                store.store().commit(Map.of());
                store.reopen();
                assertThat(store.position()).isEqualTo(-1);
                restore(store, random);
            }
            case 4 -> {
                store.topicHas(kept(-1, random));
                assertThat(store.maintain(Task.REBUILD).phase()).isEqualTo(Phase.DONE);
            }
            case 5 -> assertThat(store.maintain(Task.COMPACT).phase()).isEqualTo(Phase.DONE);
            default -> {}
        }
    }

    private void restore(StoreFixture store, Random random) {
        store.store().apply(kept(store.position(), random));
    }

    /** All that was written, or what the topic still has of it once it is compacted. */
    private List<StoreRecord> kept(long position, Random random) {
        Set<ByteBuffer> later = new HashSet<>();
        List<StoreRecord> kept = new ArrayList<>();
        boolean compacted = random.nextBoolean();
        for (StoreRecord record : topic.written().reversed()) {
            // Commits that only older markers cover would not come back.
            boolean isKept =
                    !compacted
                            || DocumentKey.isMarker(record.key())
                            || later.add(ByteBuffer.wrap(record.key()));
            if (isKept && record.offset() > position) {
                kept.addFirst(record);
            }
        }
        return kept;
    }

    private void assertHolds(StoreFixture store) {
        StoreContents contents = StoreContents.read(store.store().database());
        Map<DocumentKey, List<Definition>> definitions = new HashMap<>();
        Map<DocumentKey, List<Occurrence>> occurrences = new HashMap<>();
        Map<DocumentKey, Set<String>> terms = new TreeMap<>(StoreModel.KEY_ORDER);
        Set<DocumentKey> trees = new TreeSet<>(StoreModel.KEY_ORDER);
        Set<DocumentKey> sources = new TreeSet<>(StoreModel.KEY_ORDER);
        model.documents()
                .forEach(
                        (key, document) -> {
                            Symbols symbols = StoreModel.symbols(document);
                            Set<String> itsTerms = StoreModel.terms(document);
                            if (!itsTerms.isEmpty()) {
                                terms.put(key, itsTerms);
                            }
                            if (!symbols.definitions().isEmpty()) {
                                definitions.put(key, symbols.definitions());
                            }
                            if (!symbols.occurrences().isEmpty()) {
                                occurrences.put(key, symbols.occurrences());
                            }
                            if (document.getTree().hasRemaining()) {
                                trees.add(key);
                            }
                            if (document.getSource().hasRemaining()) {
                                sources.add(key);
                            }
                        });
        assertThat(contents.documents()).isEqualTo(model.documents().keySet());
        assertThat(contents.numbers()).isEqualTo(contents.entryNumbers());
        assertThat(contents.terms()).isEqualTo(terms);
        assertThat(contents.trees()).isEqualTo(trees);
        assertThat(contents.sources()).isEqualTo(sources);
        assertThat(contents.definitions()).isEqualTo(definitions);
        assertThat(contents.occurrences()).isEqualTo(occurrences);
        assertThat(contents.commits()).isEqualTo(commits());
        assertThat(store.ask(new ReadStatistics(StoreFixture.soon())))
                .isEqualTo(model.statistics(topic.written().getLast().offset()));
        assertThat(store.ask(new ListRefs(StoreFixture.soon())))
                .containsExactlyInAnyOrderElementsOf(model.markers());
    }

    /** Each commit of each ref, by its id and by its age. */
    private Map<RefKey, Set<String>> commits() {
        Map<RefKey, Set<String>> commits = new HashMap<>();
        model.covered()
                .forEach(
                        (ref, covered) -> {
                            Set<String> twice = new TreeSet<>(covered);
                            covered.forEach(commit -> twice.add("by age: " + commit));
                            commits.put(ref, twice);
                        });
        return commits;
    }

    private void assertAnswers(StoreFixture store, Random random) {
        Scope scope = scope(random);
        for (NameMatch match :
                List.of(
                        new NameMatch.Exact("value"),
                        new NameMatch.Prefix("ge"),
                        new NameMatch.Substring("ing"),
                        new NameMatch.Regex("^(to|is)[A-Z]"))) {
            assertThat(pages(store, match, scope, 1 + random.nextInt(7)))
                    .isEqualTo(model.ranks(match, scope));
        }
        assertThat(occurrences(store, "String", scope, 1 + random.nextInt(7)))
                .isEqualTo(model.places("String", scope));
        for (int i = 0; i < 6; i++) {
            Search search = Search.of(new RandomRules(random, model).next());
            assertThat(matches(store, search, scope, 1 + random.nextInt(40)))
                    .isEqualTo(model.matches(search, scope));
        }
        for (int commit = 0; commit < 40; commit++) {
            String id = TestRecords.commit(commit);
            assertThat(store.ask(new FindRevision(id, scope, StoreFixture.soon())))
                    .containsExactlyInAnyOrderElementsOf(model.reached(id, scope));
        }
        for (String repository : RandomTopic.REPOSITORIES) {
            for (String ref : RandomTopic.REFS) {
                assertDocuments(store, repository, ref);
            }
        }
    }

    private void assertDocuments(StoreFixture store, String repository, String ref) {
        List<Document> expected =
                model.documents().values().stream()
                        .filter(it -> it.getRepository().equals(repository))
                        .filter(it -> it.getRef().equals(ref))
                        .toList();
        assertThat(
                        store.ask(
                                new ListDocuments(
                                        repository, ref, "src/", null, 100, StoreFixture.soon())))
                .extracting(it -> it.path())
                .isEqualTo(expected.stream().map(Document::getPath).toList());
        for (Document document : expected) {
            DocumentKey key = new DocumentKey(repository, ref, document.getPath());
            StoredDocument stored =
                    store.ask(new FindDocument(key, true, true, StoreFixture.soon())).orElseThrow();
            assertThat(ByteBuffer.wrap(stored.source())).isEqualTo(document.getSource());
            assertThat(ByteBuffer.wrap(stored.tree())).isEqualTo(document.getTree());
            assertThat(stored.problems()).isEqualTo(document.getProblems());
            assertThat(stored.mode()).isEqualTo(document.getMode());
            assertThat(stored.commit()).isEqualTo(document.getCommit());
        }
    }

    /** All hits, page by page. */
    private static List<SymbolRank> pages(
            StoreFixture store, NameMatch match, Scope scope, int limit) {
        List<SymbolRank> ranks = new ArrayList<>();
        while (true) {
            SymbolRank after = ranks.isEmpty() ? null : ranks.getLast();
            List<SymbolHit> page =
                    store.ask(
                            new FindSymbols(
                                    match, Set.of(), scope, after, limit, StoreFixture.soon()));
            page.forEach(hit -> ranks.add(hit.rank()));
            if (page.size() < limit) {
                return ranks;
            }
        }
    }

    private static List<OccurrencePlace> occurrences(
            StoreFixture store, String name, Scope scope, int limit) {
        List<OccurrencePlace> places = new ArrayList<>();
        while (true) {
            OccurrencePlace after = places.isEmpty() ? null : places.getLast();
            List<OccurrenceHit> page =
                    store.ask(
                            new FindOccurrences(
                                    name,
                                    Set.of(),
                                    scope,
                                    after,
                                    limit,
                                    true,
                                    StoreFixture.soon()));
            for (OccurrenceHit hit : page) {
                assertThat(Objects.requireNonNull(hit.text()).substring(hit.column() - 1))
                        .startsWith(name);
                places.add(hit.place());
            }
            if (page.size() < limit) {
                return places;
            }
        }
    }

    private static List<StructurePlace> matches(
            StoreFixture store, Search search, Scope scope, int limit) {
        List<StructurePlace> places = new ArrayList<>();
        StructurePlace after = null;
        while (true) {
            StructureHits page =
                    store.ask(
                            new SearchStructure(
                                    search,
                                    scope,
                                    PathGlobs.ALL,
                                    after,
                                    false,
                                    limit,
                                    Duration.ofSeconds(10),
                                    StoreFixture.soon()));
            page.found().forEach(hit -> places.add(hit.place()));
            if (page.ended()) {
                return places;
            }
            after = page.reached();
        }
    }

    private static Scope scope(Random random) {
        String repository =
                random.nextBoolean() ? null : RandomTopic.pick(RandomTopic.REPOSITORIES, random);
        return switch (random.nextInt(3)) {
            case 0 -> new Scope(repository, null, visible(random));
            case 1 -> new Scope(repository, Scope.ALL_REFS, visible(random));
            default ->
                    new Scope(
                            repository,
                            RandomTopic.pick(RandomTopic.REFS, random),
                            visible(random));
        };
    }

    /** All, some or no repositories. */
    private static RepositoryGlobs visible(Random random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                    RepositoryGlobs.of(
                            "visible", List.of(RandomTopic.pick(RandomTopic.REPOSITORIES, random)));
            case 1 -> RepositoryGlobs.of("visible", List.of());
            default -> RepositoryGlobs.ALL;
        };
    }
}
