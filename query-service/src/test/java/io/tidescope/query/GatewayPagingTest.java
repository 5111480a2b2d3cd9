package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.RefState;
import io.tidescope.store.query.CodePointOrder;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;
import io.tidescope.tree.symbol.Symbols;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Lists are read page by page while documents come and go between the pages. */
class GatewayPagingTest {
    private static final int PARTITIONS = 5;
    private static final Scope ALL = new Scope(null, Scope.ALL_REFS);
    private static final String[] STRANGE = {"", "é", "\uFFFD", "𝒳", " ", "\"'\n"};

    private final InMemoryStore store = new InMemoryStore(PARTITIONS);
    private final Gateway gateway = new Gateway(store);
    private final Set<String> staying = new HashSet<>();
    private final Set<String> passing = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void documentsThatStayAreListedOnceAndInOrder(long seed) {
        List<String> paths =
                readAll(
                        seed,
                        page -> gateway.documents("r", "refs/heads/main", "", page, soon()),
                        document -> document.path());

        assertThat(paths).isSortedAccordingTo(CodePointOrder.CODE_POINT_ORDER);
        assertThat(paths).doesNotHaveDuplicates().containsAll(staying);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void symbolsThatStayAreListedOnceAndBestFirst(long seed) {
        List<String> paths =
                readAll(
                        seed,
                        page ->
                                gateway.symbols(
                                        new NameMatch.Exact("wanted"), Set.of(), ALL, page, soon()),
                        hit -> hit.rank().path());

        assertThat(paths).doesNotHaveDuplicates().containsAll(staying);
        assertThat(paths).isSortedAccordingTo(CodePointOrder.CODE_POINT_ORDER);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void occurrencesThatStayAreListedOnceAndInOrder(long seed) {
        List<String> places =
                readAll(
                        seed,
                        page -> gateway.occurrences("wanted", Set.of(), ALL, page, soon()),
                        hit -> hit.place().path() + '\0' + hit.place().start());

        assertThat(places).doesNotHaveDuplicates();
        for (String path : staying) {
            assertThat(places).contains(path + "\0" + 1, path + "\0" + 8);
        }
        assertThat(places.stream().map(place -> place.split("\0")[0]).toList())
                .isSortedAccordingTo(CodePointOrder.CODE_POINT_ORDER);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void repositoriesThatStayAreListedOnceAndInOrder(long seed) {
        Random random = new Random(seed);
        Set<String> names = new HashSet<>();
        RefDirectory directory =
                new RefDirectory(
                        gateway, () -> names.stream().map(GatewayPagingTest::published).toList());
        for (int i = 0; i < 40; i++) {
            staying.add(STRANGE[random.nextInt(STRANGE.length)] + i);
        }
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            // The end of the last page may be gone, and new ones may be before it.
            names.clear();
            names.addAll(staying);
            for (int i = 0; i < 4; i++) {
                names.add(STRANGE[random.nextInt(STRANGE.length)] + random.nextInt(300));
            }
            Page<Repository> page =
                    directory.repositories(
                            PageRequest.of("question", 1 + random.nextInt(9), cursor), soon());
            page.items().forEach(item -> read.add(item.name()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(read).isSortedAccordingTo(CodePointOrder.CODE_POINT_ORDER);
        assertThat(read).doesNotHaveDuplicates().containsAll(staying);
    }

    private static RefState published(String repository) {
        return RefState.newBuilder()
                .setRepository(repository)
                .setRef("refs/heads/main")
                .setDefaultRef(true)
                .setLocation("/somewhere")
                .setSequence(1)
                .setCommit("1".repeat(40))
                .setUpdatedAtMillis(Instant.EPOCH)
                .build();
    }

    private <T> List<String> readAll(
            long seed, Function<PageRequest, Page<T>> question, Function<T, String> name) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            staying.add(put(random));
        }
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            Page<T> page =
                    question.apply(PageRequest.of("question", 1 + random.nextInt(9), cursor));
            page.items().forEach(item -> read.add(name.apply(item)));
            cursor = page.nextCursor();
            change(random);
        } while (cursor != null);
        return read;
    }

    private void change(Random random) {
        for (int i = 0; i < 4; i++) {
            String path = put(random);
            if (!staying.contains(path)) {
                passing.add(path);
            }
        }
        passing.stream().skip(2).toList().stream()
                .filter(path -> random.nextBoolean())
                .forEach(
                        path -> {
                            store.remove(new DocumentKey("r", "refs/heads/main", path));
                            passing.remove(path);
                        });
    }

    private String put(Random random) {
        String path = STRANGE[random.nextInt(STRANGE.length)] + random.nextInt(300) + ".java";
        byte[] source = "/wanted wanted".getBytes(StandardCharsets.UTF_8);
        StoredDocument document =
                new StoredDocument(
                        new DocumentKey("r", "refs/heads/main", path),
                        1,
                        "c",
                        "b",
                        0,
                        ParseOutcome.PARSED,
                        "UTF-8",
                        source.length,
                        1,
                        List.of(),
                        source,
                        null);
        store.put(
                document,
                Symbols.of(
                        List.of(new Definition("wanted", SymbolKind.CLASS, "", "", 1, 1, 7)),
                        List.of(
                                new Occurrence("wanted", OccurrenceRole.READ, 1),
                                new Occurrence("wanted", OccurrenceRole.CALL, 8))));
        return path;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }
}
