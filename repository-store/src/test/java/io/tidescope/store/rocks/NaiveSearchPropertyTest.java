package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.naive.NaiveFile;
import io.tidescope.store.naive.NaiveRules;
import io.tidescope.store.naive.NaiveRules.Pair;
import io.tidescope.store.naive.Places;
import io.tidescope.store.naive.RandomSource;
import io.tidescope.store.naive.Shortened;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.SourceFile;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Random patterns and rules over random Java and real code: the store finds what a naive matcher
 * finds on JavaParser's own trees. {@code -Dseed=} repeats one run, {@code -Dsearches=} makes them
 * longer.
 */
class NaiveSearchPropertyTest {
    private static final int RANDOM_FILES = 8;
    private static final int REAL_FILES = 3;
    private static final int MAX_BYTES = 6_000;
    private static final int SEARCHES = Integer.getInteger("searches", 250);
    private static final List<SourceFile> CORPUS =
            Corpus.open().sample(400).stream().filter(NaiveSearchPropertyTest::isSmall).toList();

    private final TestRecords records = new TestRecords();
    private final JavaPatternReader reader = new JavaPatternReader();

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? new Random().longs(4) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatTheNaiveMatcherFinds(long seed) {
        Random random = new Random(seed);
        List<NaiveFile> files = files(random);
        int found = 0;
        int tried = 0;
        try (StoreFixture store = new StoreFixture(records.serde())) {
            files.forEach(file -> put(file, store));
            NaiveRules rules = new NaiveRules(files, random, reader);
            for (int i = 0; i < SEARCHES; i++) {
                Pair pair = rules.next();
                if (pair == null) {
                    continue;
                }
                tried++;
                Set<String> expected = new TreeSet<>();
                files.forEach(file -> expected.addAll(file.find(pair.naive())));
                Set<String> places = search(pair.rule(), store, 1 + random.nextInt(40));
                assertThat(places.equals(expected))
                        .as(() -> difference(seed, pair, expected, places, files))
                        .isTrue();
                found += places.size();
            }
        }
        assertThat(tried).isGreaterThan(SEARCHES / 2);
        assertThat(found).isGreaterThan(tried);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsNoListWithMoreThanIsBetweenThePatternsBrackets(long seed) {
        Random random = new Random(seed);
        List<NaiveFile> files = files(random);
        int tried = 0;
        try (StoreFixture store = new StoreFixture(records.serde())) {
            files.forEach(file -> put(file, store));
            for (int i = 0; i < SEARCHES; i++) {
                Shortened shortened =
                        Shortened.make(files.get(random.nextInt(files.size())), random);
                Pattern pattern = shortened == null ? null : read(shortened.text());
                if (shortened == null || pattern == null) {
                    continue;
                }
                tried++;
                assertThat(search(new Rule.Matches(pattern), store, 40))
                        .as("seed %d, <%s>", seed, shortened.text())
                        .doesNotContain(shortened.place());
            }
        }
        assertThat(tried).isGreaterThan(SEARCHES / 5);
    }

    private @Nullable Pattern read(String text) {
        try {
            return reader.read(text);
        } catch (PatternException e) {
            return null;
        }
    }

    private static String difference(
            long seed, Pair pair, Set<String> expected, Set<String> places, List<NaiveFile> files) {
        Set<String> differences = new TreeSet<>(expected);
        differences.removeAll(places);
        places.stream().filter(place -> !expected.contains(place)).forEach(differences::add);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(places);
        String sources =
                files.stream()
                        .filter(
                                file ->
                                        differences.stream()
                                                .anyMatch(place -> place.startsWith(file.path())))
                        .map(NaiveFile::source)
                        .collect(Collectors.joining("\n"));
        return "seed %d, %s, different: %s, of which missing: %s, in\n%s"
                .formatted(seed, pair.text(), differences, missing, sources);
    }

    private static List<NaiveFile> files(Random random) {
        List<NaiveFile> files = new ArrayList<>();
        RandomSource source = new RandomSource(random);
        while (files.size() < RANDOM_FILES + REAL_FILES) {
            boolean real = files.size() >= RANDOM_FILES;
            String text =
                    real
                            ? new String(CORPUS.get(random.nextInt(CORPUS.size())).content(), UTF_8)
                            : source.file();
            NaiveFile file = NaiveFile.of("src/%02d.java".formatted(files.size()), text);
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    /** What has no characters of which columns count differently. */
    private static boolean isSmall(SourceFile file) {
        String text = new String(file.content(), UTF_8);
        return text.length() < MAX_BYTES
                && text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\n');
    }

    private void put(NaiveFile file, StoreFixture store) {
        DocumentKey key = new DocumentKey("acme/tide", "refs/heads/main", file.path());
        store.apply(records.put(TestRecords.document(key, file.source().getBytes(UTF_8), 1)));
    }

    private static Set<String> search(Rule rule, StoreFixture store, int limit) {
        Set<String> places = new TreeSet<>();
        StructurePlace after = null;
        while (true) {
            StructureHits slice =
                    store.ask(
                            new SearchStructure(
                                    Search.of(rule),
                                    new Scope(null, Scope.ALL_REFS),
                                    PathGlobs.ALL,
                                    after,
                                    false,
                                    limit,
                                    Duration.ofSeconds(30),
                                    StoreFixture.soon()));
            slice.found().forEach(hit -> places.add(place((StructureHit) hit)));
            if (slice.ended()) {
                return places;
            }
            after = slice.reached();
        }
    }

    private static String place(StructureHit hit) {
        return "%s:%s %s"
                .formatted(
                        hit.place().start().path(),
                        place(hit.range()),
                        hit.captures().entrySet().stream()
                                .map(hole -> hole.getKey() + "=" + place(hole.getValue().range()))
                                .collect(Collectors.joining(" ")))
                .strip();
    }

    private static String place(StructureHit.Range range) {
        return Places.of(range.line(), range.column(), range.endLine(), range.endColumn());
    }
}
