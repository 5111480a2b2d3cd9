package io.tidescope.testing;

import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.SymbolKind;

/**
 * A definition as the oracle expects it: {@link Definition} without the signature, which is prose.
 */
public record ExpectedDefinition(
        String name, SymbolKind kind, String container, int nameStart, int start, int end) {
    public static ExpectedDefinition of(Definition definition) {
        return new ExpectedDefinition(
                definition.name(),
                definition.kind(),
                definition.container(),
                definition.nameStart(),
                definition.start(),
                definition.end());
    }
}
