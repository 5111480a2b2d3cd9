package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.SourceFile;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.Symbols;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
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
    private static final List<String> REPOSITORIES = List.of("acme/tide", "acme/tide-pool");
    private static final List<String> REFS = List.of("refs/heads/main", "refs/heads/next");
    private static final List<byte[]> CONTENTS = contents();
    private static final DocumentKey A_KEY = new DocumentKey("some/where", "else", "File.java");

    private final TestRecords records = new TestRecords();
    private final List<StoreRecord> topic = new ArrayList<>();
    private final StoreModel model = new StoreModel();
    private long sequence;

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
                List<StoreRecord> next = change(random);
                if (random.nextInt(10) == 0) {
                    // Some that were applied before come first, as after a lost commit.
                    next.addAll(
                            0,
                            topic.subList(
                                    Math.max(0, topic.size() - next.size() - 5),
                                    topic.size() - next.size()));
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
        for (String repository : REPOSITORIES) {
            for (String ref : REFS) {
                store.apply(records.remove(new DocumentKey(repository, ref, "")));
            }
        }
        assertThat(StoreContents.count(store.store().database()))
                .isEqualTo(Map.of(Family.PROGRESS, 1));
        assertThat(store.ask(new ReadStatistics(StoreFixture.soon())))
                .isEqualTo(new StoreModel().statistics(store.position()));
    }

    /** One or a few new records, as the topic and the model see them too. */
    private List<StoreRecord> change(Random random) {
        List<StoreRecord> next = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            next.add(record(random));
        }
        topic.addAll(next);
        return next;
    }

    private StoreRecord record(Random random) {
        String repository = pick(REPOSITORIES, random);
        String ref = pick(REFS, random);
        DocumentKey key =
                new DocumentKey(repository, ref, "src/%d/File.java".formatted(random.nextInt(9)));
        sequence++;
        return switch (random.nextInt(12)) {
            case 0, 1 -> {
                model.remove(key);
                yield records.remove(key);
            }
            case 2 -> {
                if (random.nextInt(8) == 0) {
                    model.unmark(new RefKey(repository, ref));
                    yield records.remove(new DocumentKey(repository, ref, ""));
                }
                RevisionMarker marker = marker(repository, ref, random);
                model.mark(marker);
                yield records.mark(marker);
            }
            case 3 -> {
                // Only what is said about the content changes, not the content.
                Document old = model.documents().get(key);
                Document document =
                        old == null
                                ? TestRecords.document(key, pick(CONTENTS, random), sequence)
                                : Document.newBuilder(old).setMode(0100755).build();
                model.put(document);
                yield put(document, random);
            }
            case 4 -> {
                Document parsed = TestRecords.document(key, pick(CONTENTS, random), sequence);
                Document document =
                        random.nextBoolean()
                                ? StoreModel.damaged(parsed)
                                : StoreModel.unparseable(parsed);
                model.put(document);
                yield put(document, random);
            }
            case 5 -> {
                // A few words more, as when somebody edits it.
                Document old = model.documents().get(key);
                byte[] content =
                        old == null ? pick(CONTENTS, random) : edited(old.getSource(), random);
                Document document = TestRecords.document(key, content, sequence);
                model.put(document);
                yield put(document, random);
            }
            default -> {
                Document document = TestRecords.document(key, pick(CONTENTS, random), sequence);
                model.put(document);
                yield put(document, random);
            }
        };
    }

    /** The index may have come with the document, or not, or in a form that is of no use. */
    private StoreRecord put(Document document, Random random) {
        byte[] index = document.getIndex().array();
        byte[] carried =
                switch (random.nextInt(5)) {
                    case 0 -> new byte[0];
                    case 1 -> damaged(index, random);
                    case 2 ->
                            TestRecords.document(A_KEY, CONTENTS.getFirst(), 1).getIndex().array();
                    default -> index;
                };
        return records.put(
                Document.newBuilder(document).setIndex(ByteBuffer.wrap(carried)).build());
    }

    private static byte[] damaged(byte[] index, Random random) {
        byte[] damaged = index.clone();
        if (damaged.length > 0) {
            damaged[random.nextInt(Math.min(40, damaged.length))] ^= 0x20;
        }
        return damaged;
    }

    private static byte[] edited(ByteBuffer source, Random random) {
        byte[] old = new byte[source.remaining()];
        source.get(source.position(), old);
        byte[] more =
                "%nclass Edited%d { String text = \"edit %d\"; }%n"
                        .formatted(random.nextInt(100), random.nextInt(100))
                        .getBytes(StandardCharsets.UTF_8);
        return Keys.concat(old, more);
    }

    private RevisionMarker marker(String repository, String ref, Random random) {
        boolean deleted = random.nextInt(6) == 0;
        RevisionMarker marker =
                TestRecords.marker(
                        repository,
                        ref,
                        deleted ? null : TestRecords.commit(random.nextInt(40)),
                        sequence,
                        random.nextBoolean());
        List<ByteBuffer> ancestors = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            ancestors.add(
                    ByteBuffer.wrap(
                            HexFormat.of().parseHex(TestRecords.commit(random.nextInt(40)))));
        }
        marker.getAncestors().addAll(deleted ? List.of() : ancestors);
        return marker;
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
                assertThat(store.position()).isEqualTo(topic.getLast().offset());
            }
            case 3 -> {
                // Streams lost its trust in the state.
                store.store().commit(Map.of());
                store.reopen();
                assertThat(store.position()).isEqualTo(-1);
                restore(store, random);
            }
            default -> {}
        }
    }

    /** From all that was written, or from what the topic still has of it once it is compacted. */
    private void restore(StoreFixture store, Random random) {
        long position = store.position();
        Set<ByteBuffer> later = new HashSet<>();
        List<StoreRecord> kept = new ArrayList<>();
        boolean compacted = random.nextBoolean();
        for (StoreRecord record : topic.reversed()) {
            // Commits that only older markers cover would not come back.
            boolean isKept =
                    !compacted
                            || DocumentKey.isMarker(record.key())
                            || later.add(ByteBuffer.wrap(record.key()));
            if (isKept && record.offset() > position) {
                kept.addFirst(record);
            }
        }
        store.store().apply(kept);
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
                .isEqualTo(model.statistics(topic.getLast().offset()));
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
        for (String repository : REPOSITORIES) {
            for (String ref : REFS) {
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
        String repository = random.nextBoolean() ? null : pick(REPOSITORIES, random);
        return switch (random.nextInt(3)) {
            case 0 -> new Scope(repository, null);
            case 1 -> new Scope(repository, Scope.ALL_REFS);
            default -> new Scope(repository, pick(REFS, random));
        };
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /** Real files, small enough to be compared often, and what is no Java at all. */
    private static List<byte[]> contents() {
        List<byte[]> contents = new ArrayList<>();
        for (SourceFile file : Corpus.open().sample(300)) {
            if (file.content().length < 6000 && contents.size() < 40) {
                contents.add(file.content());
            }
        }
        contents.add(new byte[0]);
        contents.add("class {{{ ((( nothing".getBytes(StandardCharsets.UTF_8));
        contents.add(
                "class Fish { int f\u00fcnf, \ud840\udc00wave; }".getBytes(StandardCharsets.UTF_8));
        return contents;
    }
}
