package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.store.query.DocumentInspection;
import io.tidescope.store.query.FindLargest;
import io.tidescope.store.query.FindTroubled;
import io.tidescope.store.query.InspectDocument;
import io.tidescope.store.query.InspectPartition;
import io.tidescope.store.query.LargeDocument;
import io.tidescope.store.query.Measure;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.PartitionInspection.Family;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.Trouble;
import io.tidescope.store.query.TroubledDocument;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

/** What a real store tells of how things are stored. */
class InspectionTest {
    private static final String REF = "refs/heads/main";
    private static final Scope ALL = new Scope(null, Scope.ALL_REFS);

    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void documentsWithProblemsAreFoundWithThePlaceOfTheFirst() {
        put("a", "Fine.java", "class Fine {}");
        put("a", "Broken.java", "class Broken {\n  int x\n}\n", problem("syntax", 23));
        put("b", "Broken.java", "class B { void m( { } }", problem("syntax", 18));

        List<TroubledDocument> found = troubled(Trouble.SYNTAX, ALL, null, 10);

        assertThat(found)
                .extracting(TroubledDocument::document)
                .containsExactly(key("a", "Broken.java"), key("b", "Broken.java"));
        assertThat(found.getFirst())
                .returns(ParseOutcome.PARSED_WITH_PROBLEMS, TroubledDocument::outcome)
                .returns("syntax", TroubledDocument::code)
                .returns(3, TroubledDocument::line)
                .returns(1, TroubledDocument::column);
        assertThat(troubled(Trouble.ENCODING, ALL, null, 10)).isEmpty();
    }

    @Test
    void theyComeInPagesAndWithinAScope() {
        for (int i = 0; i < 5; i++) {
            put("a", i + ".java", "class A {}", problem("syntax", 0));
            put("b", i + ".java", "class A {}", problem("syntax", 0));
        }

        List<TroubledDocument> first = troubled(Trouble.SYNTAX, ALL, null, 7);
        List<TroubledDocument> rest = troubled(Trouble.SYNTAX, ALL, first.getLast().document(), 7);

        assertThat(Stream.concat(first.stream(), rest.stream()).map(it -> it.document().path()))
                .containsExactly(
                        "0.java", "1.java", "2.java", "3.java", "4.java", "0.java", "1.java",
                        "2.java", "3.java", "4.java");
        assertThat(troubled(Trouble.SYNTAX, new Scope("b", Scope.ALL_REFS), null, 10)).hasSize(5);
    }

    @Test
    void aSourceThatIsNotUtf8IsFoundAndIsNoProblemOfSyntax() {
        put("a", "Latin.java", "class Größe {}", problem("encoding", -1));

        assertThat(troubled(Trouble.ENCODING, ALL, null, 10))
                .singleElement()
                .returns("UTF-8", TroubledDocument::encoding)
                .returns("encoding", TroubledDocument::code)
                .returns(0, TroubledDocument::line);
        assertThat(troubled(Trouble.SYNTAX, ALL, null, 10)).isEmpty();
    }

    @Test
    void theLargestDocumentsAreThoseByTheMeasureAsked() {
        put("a", "Long.java", "class Long {\n\n\n\n\n\n\n}");
        put("a", "Wide.java", "class Wide { /* %s */ }".formatted("x".repeat(100)));
        put("a", "Rich.java", "class R { int a, b, c, d, e, f; }");

        assertThat(largest(Measure.BYTES, 1)).containsExactly("Wide.java");
        assertThat(largest(Measure.LINES, 1)).containsExactly("Long.java");
        assertThat(largest(Measure.TREE, 1)).containsExactly("Rich.java");
        assertThat(largest(Measure.BYTES, 10))
                .containsExactly("Wide.java", "Rich.java", "Long.java");
    }

    @Test
    void aPartitionTellsItsFamiliesAndHowFarItHasCome() {
        put("a", "A.java", "class A { int x; }");
        put("a", "B.java", "class B {}");
        assertThat(inspect().memtableBytes()).isPositive();

        store.commit();
        PartitionInspection flushed = inspect();

        assertThat(flushed.statistics().documents()).isEqualTo(2);
        assertThat(flushed.statistics().position()).isEqualTo(store.position());
        assertThat(flushed.formatVersion()).isEqualTo(StoreFormat.VERSION);
        Family documents =
                flushed.families().stream()
                        .filter(family -> family.name().equals("documents"))
                        .findFirst()
                        .orElseThrow();
        assertThat(documents.keys()).isEqualTo(2);
        assertThat(documents.tableBytes()).isPositive();
        assertThat(documents.filesByLevel().stream().mapToInt(Integer::intValue).sum()).isOne();
    }

    @Test
    void aDocumentTellsWhetherItIsStoredWhole() {
        put("a", "A.java", "class A { int x; }");

        List<DocumentInspection> found = inspect(key("a", "A.java"));

        assertThat(found)
                .singleElement()
                .returns(true, DocumentInspection::whole)
                .returns("class A { int x; }".length(), DocumentInspection::storedSourceBytes)
                .returns(2, DocumentInspection::definitions);
        assertThat(found.getFirst().storedTreeBytes())
                .isPositive()
                .isEqualTo(found.getFirst().treeBytes());
        assertThat(inspect(key("a", "None.java"))).isEmpty();
    }

    private void put(String repository, String path, String source, ParseProblem... problems) {
        Document document = TestRecords.document(key(repository, path), source.getBytes(UTF_8), 1);
        store.apply(
                records.put(
                        Document.newBuilder(document)
                                .setProblems(List.of(problems))
                                .setOutcome(
                                        problems.length == 0
                                                ? ParseOutcome.PARSED
                                                : ParseOutcome.PARSED_WITH_PROBLEMS)
                                .build()));
    }

    private static ParseProblem problem(String code, int start) {
        return new ParseProblem(code, "what is wrong", start, start < 0 ? -1 : start + 1);
    }

    private List<TroubledDocument> troubled(
            Trouble trouble, Scope scope, @Nullable DocumentKey after, int limit) {
        return store.ask(new FindTroubled(trouble, scope, after, limit, StoreFixture.soon()));
    }

    private List<String> largest(Measure measure, int limit) {
        List<LargeDocument> found =
                store.ask(new FindLargest(measure, ALL, limit, StoreFixture.soon()));
        return found.stream().map(it -> it.document().path()).toList();
    }

    private PartitionInspection inspect() {
        return store.ask(new InspectPartition(StoreFixture.soon()));
    }

    private List<DocumentInspection> inspect(DocumentKey key) {
        return store.ask(new InspectDocument(key, StoreFixture.soon()));
    }

    private static DocumentKey key(String repository, String path) {
        return new DocumentKey(repository, REF, path);
    }
}
