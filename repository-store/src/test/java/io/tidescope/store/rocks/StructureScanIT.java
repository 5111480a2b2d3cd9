package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
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
import java.util.Set;
import java.util.stream.IntStream;

/** Structural searches over a real store. */
class StructureScanIT {
    private static final String REPOSITORY = "acme/tide";
    private static final String REF = "refs/heads/main";
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
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.effort().documents()).isEqualTo(4);
        assertThat(found.effort().candidates()).isEqualTo(2);
        assertThat(found.hits().getLast().text()).isEqualTo("  pump . /* now */ stop();");
        assertThat(found.hits().getLast().range()).isEqualTo(new StructureHit.Range(3, 3, 3, 26));
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

        assertThat(search(types, ALL).count()).isEqualTo(5);
        assertThat(search(types, Scope.EVERYWHERE).count()).isEqualTo(4);
        assertThat(search(types, new Scope("acme/tide", null)).count()).isEqualTo(2);
        assertThat(search(types, new Scope("acme/tide", "refs/heads/old")).count()).isEqualTo(1);
        assertThat(search(types, new Scope(null, "refs/heads/old")).count()).isEqualTo(2);
        assertThat(search(types, new Scope("none", null)).count()).isZero();
        StructureHits onPath =
                store.ask(
                        new SearchStructure(
                                Search.of(types),
                                ALL,
                                PathGlobs.of("paths", List.of("src/*.java")),
                                null,
                                100,
                                true,
                                StoreFixture.soon(),
                                StoreFixture.soon()));
        assertThat(onPath.effort().candidates()).isEqualTo(4);
        assertThat(onPath.effort().documents()).isEqualTo(5);
    }

    @Test
    void continuesBehindAPlaceWithoutLosingWhatStartsThere() {
        put("A.java", "class A { Object o = a().b().c(); }");
        put("B.java", "class B { Object o = a().b().c(); }");
        Rule calls = ofKind(NodeKind.METHOD_CALL_EXPR);
        List<StructurePlace> seen = new ArrayList<>();
        StructurePlace after = null;
        while (true) {
            StructureHits page = ask(calls, ALL, after, 1, StoreFixture.soon());
            if (page.hits().isEmpty()) {
                break;
            }
            after = page.hits().getFirst().place();
            seen.add(after);
        }

        assertThat(seen).hasSize(6).doesNotHaveDuplicates().isSorted();
        assertThat(ask(calls, ALL, null, 0, StoreFixture.soon()).count()).isEqualTo(6);
        assertThat(ask(calls, ALL, null, 0, StoreFixture.soon()).hits()).isEmpty();
    }

    @Test
    void passesOverADamagedTree() {
        Document document = TestRecords.document(key("A.java"), "class A {}".getBytes(UTF_8), 1);
        document =
                Document.newBuilder(document)
                        .setTree(ByteBuffer.wrap("junk".getBytes(UTF_8)))
                        .build();
        store.apply(records.put(document));
        put("B.java", "class B {}");

        StructureHits found = search(ofKind(NodeKind.COMPILATION_UNIT), ALL);

        assertThat(paths(found)).containsExactly("B.java");
        assertThat(found.ended()).isTrue();
        assertThat(found.effort().unreadable()).isEqualTo(1);
    }

    @Test
    void endsWithWhatItFoundWhenItsTimeIsOver() {
        put("A.java", "class A {}");

        StructureHits found =
                ask(ofKind(NodeKind.COMPILATION_UNIT), ALL, null, 10, Deadline.in(Duration.ZERO));

        assertThat(found.ended()).isFalse();
        assertThat(found.hits()).isEmpty();
    }

    private StructureHits search(Rule rule, Scope scope) {
        return ask(rule, scope, null, 100, StoreFixture.soon());
    }

    private StructureHits ask(
            Rule rule, Scope scope, @Nullable StructurePlace after, int limit, Deadline until) {
        return store.ask(
                new SearchStructure(
                        Search.of(rule),
                        scope,
                        PathGlobs.ALL,
                        after,
                        limit,
                        true,
                        until,
                        StoreFixture.soon()));
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
        return found.hits().stream().map(hit -> hit.place().start().path()).toList();
    }
}
