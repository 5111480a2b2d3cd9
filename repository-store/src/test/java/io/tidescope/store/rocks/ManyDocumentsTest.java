package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** More documents of a ref than are looked up one by one, in blocks that others have left. */
class ManyDocumentsTest {
    private static final int DOCUMENTS = 3000;
    private static final String REPOSITORY = "acme/tide";
    private static final String REF = "refs/heads/main";

    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde());

    /** Those whose type is called {@code A}, and those whose type is called {@code B}. */
    private final Set<String> a = new TreeSet<>();

    private final Set<String> b = new TreeSet<>();

    /** Whether something is written between pages: then no list of all documents is kept. */
    private boolean written;

    @BeforeEach
    void fill() {
        Random random = new Random(11);
        List<Integer> order = new ArrayList<>(IntStream.range(0, DOCUMENTS).boxed().toList());
        Collections.shuffle(order, random);
        store.store().apply(order.stream().map(i -> put(i, "A")).toList());
        List<StoreRecord> changes = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            switch (random.nextInt(6)) {
                case 0 -> changes.add(put(i, "B"));
                case 1 -> changes.add(remove(i));
                default -> {}
            }
        }
        store.store().apply(changes);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areFoundByNamePageByPage(boolean whileOthersCome) {
        written = whileOthersCome;
        assertThat(a).hasSizeGreaterThan(1024);
        assertThat(b).hasSizeBetween(100, 1024);
        assertThat(occurrences("A")).containsExactlyElementsOf(a);
        assertThat(occurrences("B")).containsExactlyElementsOf(b);
        assertThat(symbols("A")).containsExactlyElementsOf(a);
        assertThat(symbols("B")).containsExactlyElementsOf(b);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areFoundByWhatIsLookedUpSliceBySlice(boolean whileOthersCome) {
        written = whileOthersCome;
        Rule type = new Rule.OfKind(Set.of(NodeKind.DO_STMT));
        Set<String> all = new TreeSet<>(a);
        all.addAll(b);
        assertThat(matches(type)).containsExactlyElementsOf(all);
    }

    @Test
    void keepOneNumberEachAndLeaveNothing() {
        StoreContents contents = StoreContents.read(store.store().database());
        assertThat(contents.numbers()).hasSize(a.size() + b.size());
        assertThat(contents.numbers()).isEqualTo(contents.entryNumbers());
        assertThat(contents.occurrences().keySet()).isEqualTo(contents.documents());

        store.store().apply(IntStream.range(0, DOCUMENTS).mapToObj(this::remove).toList());
        assertThat(StoreContents.count(store.store().database())).containsOnlyKeys(Family.PROGRESS);
    }

    private List<String> occurrences(String name) {
        List<String> paths = new ArrayList<>();
        pages(
                (@Nullable OccurrencePlace after) -> {
                    var hits =
                            store.ask(
                                    new FindOccurrences(
                                            name,
                                            Set.of(),
                                            Scope.EVERYWHERE,
                                            after,
                                            97,
                                            false,
                                            StoreFixture.soon()));
                    hits.forEach(hit -> paths.add(hit.place().path()));
                    return hits.isEmpty() ? null : hits.getLast().place();
                });
        return paths;
    }

    private List<String> symbols(String name) {
        List<String> paths = new ArrayList<>();
        pages(
                (@Nullable SymbolRank after) -> {
                    var hits =
                            store.ask(
                                    new FindSymbols(
                                            new NameMatch.Exact(name),
                                            Set.of(),
                                            Scope.EVERYWHERE,
                                            after,
                                            97,
                                            StoreFixture.soon()));
                    hits.forEach(hit -> paths.add(hit.rank().path()));
                    return hits.isEmpty() ? null : hits.getLast().rank();
                });
        return paths;
    }

    private List<String> matches(Rule rule) {
        List<String> paths = new ArrayList<>();
        pages(
                (@Nullable StructurePlace after) -> {
                    StructureHits hits =
                            store.ask(
                                    new SearchStructure(
                                            Search.of(rule),
                                            Scope.EVERYWHERE,
                                            PathGlobs.ALL,
                                            after,
                                            false,
                                            97,
                                            Duration.ofSeconds(30),
                                            StoreFixture.soon()));
                    hits.found().forEach(hit -> paths.add(hit.place().start().path()));
                    return hits.ended() ? null : hits.reached();
                });
        return paths;
    }

    /** Reads a page and says where the next one begins; null when it was the last. */
    private interface Page<P> {
        @Nullable P read(@Nullable P after);
    }

    private <P> void pages(Page<P> next) {
        P place = next.read(null);
        while (place != null) {
            if (written) {
                store.apply(records.mark(TestRecords.marker("zoo/tide", REF, null, 1, false)));
            }
            place = next.read(place);
        }
    }

    private StoreRecord put(int number, String type) {
        String path = path(number);
        a.remove(path);
        (type.equals("A") ? a : b).add(path);
        byte[] source = "class %s { { do { } while (true); } }".formatted(type).getBytes(UTF_8);
        Document document = TestRecords.document(new DocumentKey(REPOSITORY, REF, path), source, 1);
        // Every other index is made by the store.
        return records.put(
                number % 2 == 0
                        ? document
                        : Document.newBuilder(document).setIndex(ByteBuffer.allocate(0)).build());
    }

    private StoreRecord remove(int number) {
        String path = path(number);
        a.remove(path);
        b.remove(path);
        return records.remove(new DocumentKey(REPOSITORY, REF, path));
    }

    private static String path(int number) {
        return "src/%d/T%d.java".formatted(number % 7, number);
    }
}
