package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.Symbols;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

class SymbolsGoldenTest {
    @Test
    void definitionsAreThoseListedAndNoOthers() throws Exception {
        Parsed sample = sample();
        LineIndex lines = sample.tree().lines();
        Golden.check(
                "Sample.definitions.txt",
                Symbols.of(sample.tree()).definitions().stream()
                        .map(definition -> line(definition, lines))
                        .collect(Collectors.joining()));
    }

    @Test
    void occurrencesAreThoseListedAndNoOthers() throws Exception {
        Parsed sample = sample();
        LineIndex lines = sample.tree().lines();
        Golden.check(
                "Sample.occurrences.txt",
                Symbols.of(sample.tree()).occurrences().stream()
                        .map(occurrence -> line(occurrence, lines))
                        .collect(Collectors.joining()));
    }

    @Test
    void wordsInCommentsAndStringsAreNoOccurrences() throws Exception {
        Symbols symbols = Symbols.of(sample().tree());
        assertThat(symbols.occurrences())
                .extracting(Occurrence::name)
                .doesNotContain("comment", "string", "kind", "this", "super", "new", "_", "var");
    }

    @Test
    void aTypeSharedByVariablesOccursOnce() {
        assertThat(occurrences("class A { Foo a, b[]; }", "Foo")).hasSize(1);
    }

    @Test
    void theImplicitClassOfACompactSourceFileIsNeitherDefinedNorAContainer() {
        Symbols symbols = symbols("void main() {} int x;");
        assertThat(symbols.definitions())
                .extracting(Definition::name, Definition::container, Definition::signature)
                .containsExactly(tuple("main", "", "(): void"), tuple("x", "", "int"));
    }

    @Test
    void aModuleIsDefinedByItsWholeName() {
        Symbols symbols = symbols("module a.b { requires c.d; uses e.F; }");
        assertThat(symbols.definitions()).extracting(Definition::name).containsExactly("a.b");
        assertThat(symbols.occurrences())
                .extracting(Occurrence::name, Occurrence::role)
                .containsExactly(
                        tuple("a", OccurrenceRole.PACKAGE),
                        tuple("b", OccurrenceRole.PACKAGE),
                        tuple("c", OccurrenceRole.PACKAGE),
                        tuple("d", OccurrenceRole.PACKAGE),
                        tuple("e", OccurrenceRole.TYPE),
                        tuple("F", OccurrenceRole.TYPE));
    }

    @Test
    void aDeepTreeIsWalkedOnAnOrdinaryStack() throws Exception {
        String source =
                "class A { int x = " + "(y + ".repeat(10_000) + "z" + ")".repeat(10_000) + "; }";
        Parsed parsed =
                DeepStack.call(
                        DeepStack.WORKER_BYTES,
                        () -> (Parsed) new JavaSourceParser().parse(bytes(source)));
        Symbols symbols = DeepStack.call(256 * 1024, () -> Symbols.of(parsed.tree()));
        assertThat(symbols.occurrences()).hasSize(10_003);
    }

    private static String line(Definition definition, LineIndex lines) {
        return "%d:%d-%d:%d %s %s | %s | %s%n"
                .formatted(
                        lines.line(definition.start()),
                        lines.column(definition.start()),
                        lines.line(definition.end()),
                        lines.column(definition.end()),
                        definition.kind(),
                        definition.name(),
                        definition.container(),
                        definition.signature());
    }

    private static String line(Occurrence occurrence, LineIndex lines) {
        return "%d:%d %s %s%n"
                .formatted(
                        lines.line(occurrence.start()),
                        lines.column(occurrence.start()),
                        occurrence.role(),
                        occurrence.name());
    }

    private static List<Occurrence> occurrences(String source, String name) {
        return symbols(source).occurrences().stream().filter(o -> o.name().equals(name)).toList();
    }

    private static Symbols symbols(String source) {
        return Symbols.of(((Parsed) new JavaSourceParser().parse(bytes(source))).tree());
    }

    private static Parsed sample() throws Exception {
        return (Parsed) new JavaSourceParser().parse(Golden.input("Sample.java"));
    }

    private static byte[] bytes(String source) {
        return source.getBytes(StandardCharsets.UTF_8);
    }
}
