package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.ExpectedDefinition;
import io.tidescope.testing.ExpectedDocument;
import io.tidescope.testing.ExpectedOccurrence;
import io.tidescope.testing.Oracle;
import io.tidescope.testing.SourceFile;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.Symbols;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the product says of real code's names, held against the oracle, name by name. */
class SymbolsEqualOracleTest {
    private static final int FILES = 2_000;

    private final JavaSourceParser parser = new JavaSourceParser();

    @Test
    void onThousandsOfRealFiles() {
        List<SourceFile> files = Corpus.open().sample(FILES);
        assertThat(files).hasSize(FILES);
        for (SourceFile file : files) {
            check(Oracle.read(file), file.content());
        }
    }

    @Test
    void onNamesThatRealCodeRarelyHas() {
        check(
                "class A { var var = 1; { var x = (int a, var b) -> a; yield: for (;;) break yield;"
                        + " } }");
        check("module a.b { requires c.d; exports e.f to g.h; uses i.J; provides k.L with m.N; }");
        check(
                "class Ä<T extends @B Ö & C> { T ü😀() { return this.<T>ü😀(); } }\r\r"
                        + "class E {}\r\n");
        check(
                """
                record R<T>(int... xs) { R { xs = null; } void m(R<T> this, R<?> r) {
                    if (r instanceof R<?>(var _, int q) && q > 0) { r.xs[q]++; (q)--; Outer.this.f = R::new; }
                    switch (r) { case R(int[] a) when a != null -> A::b; default -> { yield 1; } } } }
                """);
        check("class A { B b, c[], d; enum E { X(1) { void m() {} }, @F Y } }");
        check("class A { void broken( { int x = ; } int fine; }");
        check("");
    }

    private void check(String source) {
        byte[] content = source.getBytes(StandardCharsets.UTF_8);
        check(Oracle.read(new SourceFile("A.java", content)), content);
    }

    private void check(ExpectedDocument expected, byte[] content) {
        switch (parser.parse(content)) {
            case Parsed parsed -> {
                LineIndex lines = LineIndex.of(parsed.source());
                Symbols symbols = Symbols.of(parsed.tree());
                assertThat(
                                symbols.definitions().stream()
                                        .map(definition -> expected(definition, lines)))
                        .as("definitions in %s", expected.path())
                        .containsExactlyElementsOf(expected.definitions());
                assertThat(
                                symbols.occurrences().stream()
                                        .map(occurrence -> expected(occurrence, lines)))
                        .as("occurrences in %s", expected.path())
                        .containsExactlyElementsOf(expected.occurrences());
                assertThat(parsed.lines()).as(expected.path()).isEqualTo(expected.lines());
            }
            case ParseResult.Unparseable _ ->
                    assertThat(List.of(expected.definitions(), expected.occurrences()))
                            .as("%s has no tree", expected.path())
                            .containsExactly(List.of(), List.of());
        }
    }

    private static ExpectedDefinition expected(Definition definition, LineIndex lines) {
        return new ExpectedDefinition(
                definition.name(),
                definition.kind(),
                definition.container(),
                definition.nameStart(),
                definition.start(),
                definition.end(),
                lines.line(definition.nameStart()),
                lines.column(definition.nameStart()),
                lines.line(definition.end()));
    }

    private static ExpectedOccurrence expected(Occurrence occurrence, LineIndex lines) {
        return new ExpectedOccurrence(
                occurrence.name(),
                occurrence.role(),
                occurrence.start(),
                lines.line(occurrence.start()),
                lines.column(occurrence.start()));
    }
}
