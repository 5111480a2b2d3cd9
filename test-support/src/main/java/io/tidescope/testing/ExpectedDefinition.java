package io.tidescope.testing;

import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.SymbolKind;

/**
 * A definition as the oracle expects it: a {@link Definition} without its signature, which is
 * prose.
 *
 * @param line line of the name, from 1
 * @param column column of the name in UTF-16 units, from 1
 * @param endLine last line of the declaration
 */
public record ExpectedDefinition(
        String name,
        SymbolKind kind,
        String container,
        int nameStart,
        int start,
        int end,
        int line,
        int column,
        int endLine) {}
