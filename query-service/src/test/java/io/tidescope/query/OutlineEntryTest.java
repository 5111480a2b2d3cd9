package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.SymbolKind;

import org.junit.jupiter.api.Test;

import java.util.List;

class OutlineEntryTest {
    @Test
    void nestsDeclarationsByTheirRanges() {
        List<OutlineEntry> outline =
                OutlineEntry.outline(
                        List.of(
                                definition("inner", SymbolKind.METHOD, 30, 40),
                                definition("A", SymbolKind.CLASS, 0, 100),
                                definition("m", SymbolKind.METHOD, 10, 50),
                                definition("Local", SymbolKind.CLASS, 20, 45),
                                definition("B", SymbolKind.CLASS, 100, 120)));

        assertThat(text(outline)).isEqualTo("A(m(Local(inner()))) B()");
    }

    @Test
    void setsVariablesOfOneFieldSideBySide() {
        List<OutlineEntry> outline =
                OutlineEntry.outline(
                        List.of(
                                definition("A", SymbolKind.CLASS, 0, 100),
                                definition("a", SymbolKind.FIELD, 10, 20),
                                definition("b", SymbolKind.FIELD, 10, 20)));

        assertThat(text(outline)).isEqualTo("A(a() b())");
    }

    @Test
    void leavesTypeParametersToTheSignature() {
        List<OutlineEntry> outline =
                OutlineEntry.outline(
                        List.of(
                                definition("A", SymbolKind.CLASS, 0, 100),
                                definition("T", SymbolKind.TYPE_PARAMETER, 8, 9)));

        assertThat(text(outline)).isEqualTo("A()");
    }

    private static Definition definition(String name, SymbolKind kind, int start, int end) {
        return new Definition(name, kind, "", "", start, start, end);
    }

    private static String text(List<OutlineEntry> entries) {
        return String.join(
                " ",
                entries.stream()
                        .map(
                                entry ->
                                        entry.definition().name()
                                                + '('
                                                + text(entry.children())
                                                + ')')
                        .toList());
    }
}
