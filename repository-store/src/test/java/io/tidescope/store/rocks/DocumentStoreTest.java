package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.NodeInspection.CacheUse;
import io.tidescope.store.query.NodeInspection.Freshness;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.testing.Eventually;
import io.tidescope.tree.index.IndexedName;
import io.tidescope.tree.symbol.SymbolKind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class DocumentStoreTest {
    private static final String REPOSITORY = "acme/tide";
    private static final String REF = "refs/heads/main";

    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRecordThatNobodyCanReadIsCountedAndLeftOut() {
        DocumentKey key = new DocumentKey(REPOSITORY, REF, "A.java");
        store.apply(records.record(key, new byte[] {1, 2, 3}), put("B", "class B {}"));
        assertThat(store.count("tide_scope_ast_store_records_unreadable")).isEqualTo(1);
        assertThat(store.position()).isEqualTo(1);
        assertThat(names("B")).containsExactly("B");
    }

    @Test
    void howLongAPublishTookToBeAnsweredIsCountedWhenItComesAndNotWhenItIsRestored() {
        store.apply(records.mark(published(marker(1), 100)));
        assertThat(store.freshness().count()).isZero();

        store.store().restored();
        store.apply(put("A", "class A {}"), records.mark(published(marker(2), 3)));
        assertThat(store.freshness().count()).isEqualTo(1);
        assertThat(store.freshness().totalAmount()).isEqualTo(3);
        assertThat(store.recentFreshness()).isEqualTo(new Freshness(1, 3, 3, 3));
    }

    @Test
    void whatIsReadAgainIsFoundInTheBlockCache() {
        store.apply(put("A", "class A {}"));
        store.commit();

        // What the commit has written is opened in the background, which misses it the first time.
        Eventually.until(
                Duration.ofSeconds(20),
                "a reading that finds all",
                () -> {
                    CacheUse before = store.memory().use();
                    names("A");
                    CacheUse now = store.memory().use();
                    return now.hits() > before.hits() && now.misses() == before.misses();
                });
    }

    private RevisionMarker published(RevisionMarker marker, int secondsAgo) {
        return RevisionMarker.newBuilder(marker)
                .setPublishedAtMillis(store.now().minusSeconds(secondsAgo))
                .build();
    }

    @Test
    void aNameIsFoundFromTheRecordOnThatDefinesItAndTheAnswerSaysOfWhichItIs() {
        FindSymbols find =
                new FindSymbols(
                        new NameMatch.Exact("B"),
                        Set.of(),
                        Scope.EVERYWHERE,
                        null,
                        10,
                        StoreFixture.soon());
        store.apply(put("A", "class A {}"));
        assertThat(store.store().read(find)).contains(new Reading<>(List.of(), store.position()));

        store.apply(put("B", "class B {}"));

        Reading<List<SymbolHit>> now = store.store().read(find).orElseThrow();
        assertThat(now.answer()).hasSize(1);
        assertThat(now.position()).isEqualTo(store.position());
    }

    @Test
    void aTreeThatNobodyCanReadLeavesADocumentWithoutSymbols() {
        Document document = TestRecords.document(key("A"), utf8("class A {}"), 1);
        document = Document.newBuilder(document).setTree(ByteBuffer.wrap(utf8("junk"))).build();
        store.apply(records.put(document));
        assertThat(store.ask(new ReadStatistics(StoreFixture.soon())).documents()).isEqualTo(1);
        assertThat(names("A")).isEmpty();
    }

    @Test
    void namesThatCannotBeKeysAreNotIndexed() {
        String tooLong = "x".repeat(IndexedName.MAX_BYTES + 1);
        store.apply(put("A", "class A { int %s; int ok; }".formatted(tooLong)));
        assertThat(names("ok")).containsExactly("ok");
        assertThat(store.ask(new ReadStatistics(StoreFixture.soon())).definitions()).isEqualTo(2);
    }

    @Test
    void aStoreOfAnOlderFormatIsBuiltAgain() throws IOException {
        store.apply(put("A", "class A {}"));
        store.commit();
        store.store().close();
        CheckedFile.write(format(), List.of(String.valueOf(StoreFormat.VERSION - 1)));
        store.store().open(0, store.directory());
        assertThat(store.position()).isEqualTo(-1);
        assertThat(names("A")).isEmpty();
    }

    @Test
    void aStoreOfANewerFormatIsRefused() throws IOException {
        store.store().close();
        CheckedFile.write(format(), List.of(String.valueOf(StoreFormat.VERSION + 1)));
        assertThatThrownBy(() -> store.store().open(0, store.directory()))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION))
                .hasMessageContaining("format " + (StoreFormat.VERSION + 1));
    }

    @Test
    void aStoreFromBeforeFormatsHadChecksumsIsBuiltAgain() throws IOException {
        store.apply(put("A", "class A {}"));
        store.commit();
        store.store().close();
        Files.writeString(format(), "3\n");
        store.store().open(0, store.directory());
        assertThat(store.position()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORMAT", "ORIGIN"})
    void anyFlippedBitOfTheFilesBesideItHasTheStoreBuiltAgain(String name) throws IOException {
        Path file = store.directory().resolve(name);
        byte[] written = Files.readAllBytes(file);
        for (int bit = 0; bit < written.length * 8; bit++) {
            byte[] flipped = written.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThat(CheckedFile.find(file)).as("bit %d", bit).isEmpty();
        }
        for (int length = 0; length < written.length; length++) {
            Files.write(file, Arrays.copyOf(written, length));
            assertThat(CheckedFile.find(file)).as("%d bytes", length).isEmpty();
        }
        store.apply(put("A", "class A {}"));
        store.commit();
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
    }

    @Test
    void aDocumentWhoseSourceIsNotTheOneIndexedIsFoundDamagedRatherThanLeftBehind() {
        store.apply(put("A", "class A { int one; }"));
        Changes changes = new Changes();
        changes.put(Family.SOURCES, key("A").toBytes(), utf8("class A { int two; }"));
        store.store().database().write(changes);
        assertIsFoundDamaged();
    }

    @Test
    void aDocumentWhoseTreeIsLostIsFoundDamagedRatherThanLeftBehind() {
        store.apply(put("A", "class A { int one; }"));
        Changes changes = new Changes();
        changes.delete(Family.TREES, key("A").toBytes());
        store.store().database().write(changes);
        assertIsFoundDamaged();
    }

    @Test
    void flippedBytesOfABlobAreFoundWhenTheDocumentIsReplaced() throws IOException {
        String large = "/* %s */ class A { int one; }".formatted("lorem ipsum ".repeat(1000));
        store.apply(put("A", large));
        store.commit();
        store.store().close();
        flip(".blob", 100);
        store.store().open(0, store.directory());
        assertIsFoundDamaged();
    }

    private void assertIsFoundDamaged() {
        StoreRecord next = put("A", "class A { int three; }");
        assertThatThrownBy(() -> store.apply(next))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
        assertThat(store.damages()).isEqualTo(1);
        store.reopen();
        assertThat(store.position()).isEqualTo(-1);
        store.apply(next);
        assertThat(names("one")).isEmpty();
        assertThat(names("three")).containsExactly("three");
    }

    @Test
    void flippedBytesAreFoundAndTheStoreIsBuiltAgain() throws IOException {
        List<StoreRecord> topic =
                IntStream.range(0, 50)
                        .mapToObj(i -> put("A" + i, "class A%d { int field%d; }".formatted(i, i)))
                        .toList();
        store.store().apply(topic);
        store.commit();
        store.store().close();
        flip(".sst", 10);
        store.store().open(0, store.directory());
        if (store.position() >= 0) {
            assertThatThrownBy(() -> names("field"))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
            assertThatThrownBy(() -> store.apply(put("B", "class B {}")))
                    .isInstanceOf(TideScopeException.class);
            store.reopen();
        }
        assertThat(store.position()).isEqualTo(-1);
        store.store().apply(topic);
        assertThat(names("field")).hasSize(50);
    }

    @Test
    void theNewestCommitsOfARefStayKnownAndTheOldestAreForgotten() {
        int count = Revisions.KNOWN_COMMITS + 100;
        for (int i = 0; i < count; i++) {
            store.apply(records.mark(marker(i)));
        }
        assertThat(isKnown(count - 1)).isTrue();
        assertThat(isKnown(count - Revisions.KNOWN_COMMITS)).isTrue();
        assertThat(isKnown(count - Revisions.KNOWN_COMMITS - 1)).isFalse();
        assertThat(isKnown(0)).isFalse();
        // A force push to something forgotten, and back to something nearly forgotten.
        store.apply(records.mark(marker(0)), records.mark(marker(150)));
        assertThat(isKnown(0)).isTrue();
        for (int i = 0; i < 200; i++) {
            store.apply(records.mark(marker(10_000 + i)));
        }
        assertThat(isKnown(150)).isTrue();
        assertThat(isKnown(0)).isTrue();
        assertThat(isKnown(160)).isFalse();
    }

    @Test
    void aCommitThatTheRefHasLeftIsToldWithWhereTheRefIsNow() {
        store.apply(records.mark(marker(1)), records.mark(marker(2)));
        ReachedRef last = new ReachedRef(new RefKey(REPOSITORY, REF), TestRecords.commit(2), 3);
        assertThat(reached(1)).containsExactly(last);
        assertThat(reached(2)).containsExactly(last);
        assertThat(reached(3)).isEmpty();
    }

    @Test
    void aPassedDeadlineEndsAQuery() {
        assertThatThrownBy(() -> store.ask(new ReadStatistics(Deadline.in(Duration.ofSeconds(-1)))))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void kindsAndLimitsAreKept() {
        store.apply(put("A", "class A { int A; A() {} void A(int A) {} }"));
        FindSymbols query =
                new FindSymbols(
                        new NameMatch.Exact("A"),
                        Set.of(SymbolKind.METHOD),
                        Scope.EVERYWHERE,
                        null,
                        10,
                        StoreFixture.soon());
        assertThat(store.ask(query))
                .singleElement()
                .satisfies(
                        hit -> {
                            assertThat(hit.line()).isEqualTo(1);
                            assertThat(hit.column()).isEqualTo(30);
                            assertThat(hit.definition().container()).isEqualTo("A");
                        });
    }

    @Test
    void whatCannotBeInAKeyIsNowhere() {
        store.apply(put("A", "class A {}"), records.mark(marker(1)));
        assertThat(occurrences("A\0" + REPOSITORY, Scope.EVERYWHERE)).isEmpty();
        assertThat(occurrences("A", new Scope(REPOSITORY, "\ud800"))).isEmpty();
        assertThat(occurrences("A", Scope.EVERYWHERE)).hasSize(1);
        assertThatThrownBy(() -> new Scope(REPOSITORY, "refs\0x"))
                .isInstanceOf(TideScopeException.class);
    }

    private List<OccurrenceHit> occurrences(String name, Scope scope) {
        return store.ask(
                new FindOccurrences(name, Set.of(), scope, null, 10, false, StoreFixture.soon()));
    }

    private boolean isKnown(int commit) {
        return !reached(commit).isEmpty();
    }

    private List<ReachedRef> reached(int commit) {
        return store.ask(
                new FindRevision(
                        TestRecords.commit(commit),
                        new Scope(REPOSITORY, null),
                        StoreFixture.soon()));
    }

    private static RevisionMarker marker(int commit) {
        return TestRecords.marker(REPOSITORY, REF, TestRecords.commit(commit), commit + 1, true);
    }

    private List<String> names(String prefix) {
        FindSymbols query =
                new FindSymbols(
                        new NameMatch.Prefix(prefix),
                        Set.of(),
                        Scope.EVERYWHERE,
                        null,
                        1000,
                        StoreFixture.soon());
        return store.ask(query).stream().map(SymbolHit::definition).map(it -> it.name()).toList();
    }

    private StoreRecord put(String type, String content) {
        return records.put(TestRecords.document(key(type), utf8(content), 1));
    }

    private static DocumentKey key(String type) {
        return new DocumentKey(REPOSITORY, REF, type + ".java");
    }

    private Path format() {
        return store.directory().resolve("FORMAT");
    }

    /** Flips a byte near the beginning of every file of a kind, where its data is. */
    private void flip(String kind, int index) throws IOException {
        try (Stream<Path> files = Files.list(store.directory())) {
            List<Path> those = files.filter(it -> it.toString().endsWith(kind)).toList();
            assertThat(those).isNotEmpty();
            for (Path file : those) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[index] ^= 0x55;
                Files.write(file, bytes);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
