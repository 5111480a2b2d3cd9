package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternForm;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Structural searches over a real store. */
class StructureScanIT {
    private static final String REPOSITORY = "acme/tide";
    private static final String REF = "refs/heads/main";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Scope ALL = new Scope(null, Scope.ALL_REFS);

    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readsOnlyTheTreesThatHoldAllNamesOfThePattern() {
        put("A.java", "class A { void a() { pump.stop(); } }");
        put("B.java", "class B { void a() { pump.start(); } }");
        put("C.java", "class C { void stop() {} } // pump");
        put("D.java", "class D { void a() {\n  b();\n  pump . /* now */ stop();\n} }");

        StructureHits found = search(new Rule.Matches(pattern("pump.stop()")), ALL);

        assertThat(paths(found)).containsExactly("A.java", "D.java");
        assertThat(found.ended()).isTrue();
        assertThat(found.found()).hasSize(2);
        assertThat(found.effort().candidates()).isEqualTo(2);
        StructureHit last = (StructureHit) found.found().getLast();
        assertThat(last.text()).isEqualTo("  pump . /* now */ stop();");
        assertThat(last.range()).isEqualTo(new StructureHit.Range(3, 3, 3, 26));
    }

    @Test
    void looksUpLiteralsAndAlternatives() {
        put("A.java", "class A { void a() { pump.fill(\"full\"); } }");
        put("B.java", "class B { void a() { pump.fill(\"empty\"); } }");
        put("C.java", "class C { void a() { synchronized (this) { } } }");
        put("D.java", "class D { void a() { drain(); } }");
        Rule full = new Rule.Matches(pattern("pump.fill(\"full\")"));
        Rule drain = new Rule.Matches(pattern("drain()"));
        Rule either = new Rule.Any(List.of(full, drain));

        StructureHits literal = search(full, ALL);
        assertThat(paths(literal)).containsExactly("A.java");
        assertThat(literal.effort().candidates()).isEqualTo(1);
        assertThat(literal.effort().lookup()).isEqualTo("\"full & fill & pump");
        StructureHits alternatives = search(either, ALL);
        assertThat(paths(alternatives)).containsExactly("A.java", "D.java");
        assertThat(alternatives.effort().candidates()).isEqualTo(2);
        StructureHits kind = search(ofKind(NodeKind.SYNCHRONIZED_STMT), ALL);
        assertThat(paths(kind)).containsExactly("C.java");
        assertThat(kind.effort().candidates()).isEqualTo(1);
    }

    @Test
    void findsNamesThatAreWrittenOddly() {
        put("A.java", "class A { void a() { foo\u00a0(x); } }");
        put("B.java", "class B { int \\u0041b; int c = f(\\u0041b); }");

        StructureHits blank = search(new Rule.Matches(pattern("foo(x)")), ALL);
        assertThat(paths(blank)).containsExactly("A.java");
        StructureHits escape = search(new Rule.Matches(pattern("f(\\u0041b)")), ALL);
        assertThat(paths(escape)).containsExactly("B.java");
    }

    @Test
    void findsWhatADocumentIsNowThoughItsOldTreeIsInMemory() {
        put("A.java", "class A { void a() { pump.stop(); } }");
        put("B.java", "class B { void a() { pump.stop(); } }");
        Rule stop = new Rule.Matches(pattern("pump.stop()"));

        assertThat(search(stop, ALL).effort().trees()).isEqualTo(2);
        assertThat(search(stop, ALL).effort().trees()).isZero();
        put("A.java", "class A { void a() { pump.halt(); pump.stop(); } }");
        store.apply(records.remove(key("B.java")));

        StructureHits found = search(stop, ALL);
        assertThat(paths(found)).containsExactly("A.java");
        assertThat(found.found().getFirst().place().start().start()).isEqualTo(34);
        assertThat(found.effort().trees()).isEqualTo(1);
    }

    @Test
    void leavesOutTreesWithoutTheKind() {
        put("A.java", "class A { void a() { try { b(); } finally { c(); } } }");
        put("B.java", "class B {}");
        put("Empty.java", "");

        StructureHits found = search(ofKind(NodeKind.TRY_STMT), ALL);

        assertThat(paths(found)).containsExactly("A.java");
        assertThat(found.effort().searched()).isEqualTo(1);
    }

    @Test
    void keepsToItsScopeAndPaths() {
        put(new DocumentKey("acme/tide", REF, "src/A.java"), "class A {}");
        put(new DocumentKey("acme/tide", REF, "test/A.java"), "class A {}");
        put(new DocumentKey("acme/tide", "refs/heads/old", "src/A.java"), "class A {}");
        put(new DocumentKey("acme/ebb", REF, "src/A.java"), "class A {}");
        put(new DocumentKey("zoo/tide", "refs/heads/old", "src/A.java"), "class A {}");
        store.apply(records.mark(TestRecords.marker("acme/tide", REF, "1".repeat(40), 9, true)));
        Rule types = ofKind(NodeKind.CLASS_OR_INTERFACE_DECLARATION);

        assertThat(search(types, ALL).found()).hasSize(5);
        assertThat(search(types, Scope.EVERYWHERE).found()).hasSize(4);
        assertThat(search(types, new Scope("acme/tide", null)).found()).hasSize(2);
        assertThat(search(types, new Scope("acme/tide", "refs/heads/old")).found()).hasSize(1);
        assertThat(search(types, new Scope(null, "refs/heads/old")).found()).hasSize(2);
        assertThat(search(types, new Scope("none", null)).found()).isEmpty();
        StructureHits onPath =
                store.ask(
                        new SearchStructure(
                                Search.of(types),
                                ALL,
                                PathGlobs.of("paths", List.of("src/*.java")),
                                null,
                                false,
                                100,
                                LONG,
                                StoreFixture.soon()));
        assertThat(onPath.effort().candidates()).isEqualTo(4);
    }

    @Test
    void countsTheDocumentsOfAScope() {
        put(new DocumentKey("acme/tide", REF, "src/A.java"), "class A {}");
        put(new DocumentKey("acme/tide", REF, "src/B.java"), "");
        put(new DocumentKey("acme/tide", "refs/heads/old", "src/A.java"), "class A {}");
        put(new DocumentKey("acme/ebb", REF, "src/A.java"), "class A {}");
        store.apply(records.mark(TestRecords.marker("acme/tide", REF, "1".repeat(40), 9, true)));
        store.apply(records.mark(TestRecords.marker("acme/ebb", REF, "1".repeat(40), 9, true)));

        assertThat(documents(ALL)).isEqualTo(4);
        assertThat(documents(Scope.EVERYWHERE)).isEqualTo(3);
        assertThat(documents(new Scope("acme/tide", null))).isEqualTo(2);
        assertThat(documents(new Scope("acme/tide", Scope.ALL_REFS))).isEqualTo(3);
        assertThat(documents(new Scope(null, "refs/heads/old"))).isEqualTo(1);
        assertThat(documents(new Scope(null, Scope.ALL_REFS, repositories("acme/t*"))))
                .isEqualTo(3);
        assertThat(documents(new Scope(null, null, repositories("*/ebb")))).isEqualTo(1);
        assertThat(documents(new Scope("acme/tide", null, repositories("*/ebb")))).isZero();
    }

    @Test
    void searchesOnlyWhatMayBeSeen() {
        put(new DocumentKey("acme/tide", REF, "src/A.java"), "class A { void a() { b(); } }");
        put(new DocumentKey("acme/ebb", REF, "src/A.java"), "class A { void a() { b(); } }");
        put(new DocumentKey("acme/flow", REF, "src/A.java"), "class A { void a() { b(); } }");
        Scope some = new Scope(null, Scope.ALL_REFS, repositories("acme/{tide,ebb}"));

        for (Rule rule :
                List.of(new Rule.Matches(pattern("b()")), ofKind(NodeKind.METHOD_DECLARATION))) {
            StructureHits found = search(rule, some);
            assertThat(found.found().stream().map(it -> it.place().document().repository()))
                    .containsExactly("acme/ebb", "acme/tide");
            assertThat(found.effort().candidates()).isEqualTo(2);
        }
    }

    private static RepositoryGlobs repositories(String glob) {
        return RepositoryGlobs.of("repositories", List.of(glob));
    }

    @Test
    void continuesBehindAPlaceWithoutLosingWhatStartsThere() {
        put("A.java", "class A { Object o = a().b().c(); }");
        put("B.java", "class B { Object o = a().b().c(); }");
        Rule calls = ofKind(NodeKind.METHOD_CALL_EXPR);
        List<StructurePlace> seen = new ArrayList<>();
        StructurePlace after = null;
        long candidates = 0;
        long searched = 0;
        while (true) {
            StructureHits page = ask(calls, after, 1, LONG);
            if (page.found().isEmpty()) {
                assertThat(page.ended()).isTrue();
                break;
            }
            after = page.found().getFirst().place();
            assertThat(page.reached()).isEqualTo(after);
            assertThat(page.ended()).isFalse();
            seen.add(after);
            candidates += page.effort().candidates();
            searched += page.effort().searched();
        }

        assertThat(seen).hasSize(6).doesNotHaveDuplicates().isSorted();
        assertThat(candidates).isEqualTo(2);
        assertThat(searched).isEqualTo(2);
    }

    @Test
    void countsDocumentByDocument() {
        put("A.java", "class A { Object o = a().b().c(); }");
        put("B.java", "class B {}");
        put("C.java", "class C { Object o = a(); }");
        Rule calls = ofKind(NodeKind.METHOD_CALL_EXPR);

        StructureHits all = count(calls, null, 10);
        StructureHits first = count(calls, null, 1);
        StructureHits next = count(calls, first.reached(), 10);

        assertThat(all.found())
                .containsExactly(
                        new StructureCount(key("A.java"), 3), new StructureCount(key("C.java"), 1));
        assertThat(all.ended()).isTrue();
        assertThat(first.found()).isEqualTo(all.found().subList(0, 1));
        assertThat(first.ended()).isFalse();
        assertThat(next.found()).isEqualTo(all.found().subList(1, 2));
        assertThat(first.effort().candidates() + next.effort().candidates())
                .isEqualTo(all.effort().candidates());
    }

    @Test
    void endsASliceThatHoldsMuchText() {
        String calls = "b(%s);".formatted("b".repeat(900)).repeat(1_500);
        put("A.java", "class A { void a() { %s } }".formatted(calls));

        StructureHits slice = ask(ofKind(NodeKind.METHOD_CALL_EXPR), null, 10_000, LONG);

        assertThat(slice.found()).hasSizeBetween(1_000, 1_400);
        assertThat(slice.ended()).isFalse();
        assertThat(ask(ofKind(NodeKind.METHOD_CALL_EXPR), slice.reached(), 10_000, LONG).found())
                .hasSize(1_500 - slice.found().size());
    }

    @Test
    void passesOverADamagedTree() {
        putDamaged("A.java");
        put("B.java", "class B {}");

        StructureHits found = search(ofKind(NodeKind.COMPILATION_UNIT), ALL);

        assertThat(paths(found)).containsExactly("B.java");
        assertThat(found.ended()).isTrue();
        assertThat(found.effort().unreadable()).isEqualTo(1);
    }

    @Test
    void lookingUpNamesPassesADamagedTreeToo() {
        putDamaged("A.java");
        put("B.java", "class B { void a() { pump.stop(); } }");
        put("C.java", "class C { void a() { } }");
        Rule stop = new Rule.Matches(pattern("pump.stop()"));

        StructureHits found = search(stop, ALL);
        assertThat(paths(found)).containsExactly("B.java");
        assertThat(found.effort().unreadable()).isEqualTo(1);
        assertThat(found.effort().candidates()).isEqualTo(2);

        put("A.java", "class A { }");
        StructureHits mended = search(stop, ALL);
        assertThat(mended.effort().unreadable()).isZero();
        assertThat(mended.effort().candidates()).isEqualTo(1);
    }

    @Test
    void endsWithWhatItFoundWhenItsTimeIsOver() {
        put("A.java", "class A {}");

        StructureHits found = ask(ofKind(NodeKind.COMPILATION_UNIT), null, 10, Duration.ZERO);

        assertThat(found.ended()).isFalse();
        assertThat(found.found()).isEmpty();
        assertThat(found.reached()).isNull();
        assertThat(found.effort().candidates()).isZero();
    }

    @Test
    void countsADocumentOnceHoweverOftenTimeEndsInIt() {
        for (int i = 0; i < 20; i++) {
            put(i + ".java", "class A { void a() { %s } }".formatted("b(c(1));".repeat(2_000)));
        }
        Rule calls = ofKind(NodeKind.METHOD_CALL_EXPR);
        Duration time = Duration.ofNanos(200_000);
        StructurePlace after = null;
        long candidates = 0;
        long searched = 0;
        boolean ended = false;
        while (!ended) {
            StructureHits slice = ask(calls, after, 3_000, time);
            candidates += slice.effort().candidates();
            searched += slice.effort().searched();
            time = Objects.equals(slice.reached(), after) ? time.multipliedBy(2) : time;
            after = slice.reached();
            ended = slice.ended();
        }

        assertThat(candidates).isEqualTo(20);
        assertThat(searched).isEqualTo(20);
    }

    private long documents(Scope scope) {
        return store.ask(new CountDocuments(scope, StoreFixture.soon()));
    }

    private StructureHits search(Rule rule, Scope scope) {
        return store.ask(query(rule, scope, null, false, 100, LONG));
    }

    private StructureHits count(Rule rule, @Nullable StructurePlace after, int limit) {
        return store.ask(query(rule, ALL, after, true, limit, LONG));
    }

    private StructureHits ask(Rule rule, @Nullable StructurePlace after, int limit, Duration time) {
        return store.ask(query(rule, ALL, after, false, limit, time));
    }

    private static SearchStructure query(
            Rule rule,
            Scope scope,
            @Nullable StructurePlace after,
            boolean countOnly,
            int limit,
            Duration time) {
        return new SearchStructure(
                Search.of(rule),
                scope,
                PathGlobs.ALL,
                after,
                countOnly,
                limit,
                time,
                StoreFixture.soon());
    }

    private static Rule ofKind(NodeKind kind) {
        return new Rule.OfKind(Set.of(kind));
    }

    /** A call without holes as a pattern. */
    private static Pattern pattern(String call) {
        String file = "class P { { %s; } }".formatted(call);
        if (!(new JavaSourceParser().parse(file.getBytes(UTF_8)) instanceof Parsed parsed)) {
            throw new IllegalArgumentException(call);
        }
        SyntaxTree tree = parsed.tree();
        int root =
                IntStream.range(0, tree.nodeCount())
                        .filter(node -> tree.kind(node) == NodeKind.METHOD_CALL_EXPR)
                        .findFirst()
                        .orElseThrow();
        return new Pattern(call, PatternForm.EXPRESSION, tree, List.of(root), Map.of(), Map.of());
    }

    private void putDamaged(String path) {
        Document document = TestRecords.document(key(path), "class A {}".getBytes(UTF_8), 1);
        store.apply(
                records.put(
                        Document.newBuilder(document)
                                .setTree(ByteBuffer.wrap("junk".getBytes(UTF_8)))
                                .build()));
    }

    private void put(String path, String source) {
        put(key(path), source);
    }

    private void put(DocumentKey key, String source) {
        store.apply(records.put(TestRecords.document(key, source.getBytes(UTF_8), 1)));
    }

    private static DocumentKey key(String path) {
        return new DocumentKey(REPOSITORY, REF, path);
    }

    private static List<String> paths(StructureHits found) {
        return found.found().stream().map(hit -> hit.place().start().path()).toList();
    }
}
