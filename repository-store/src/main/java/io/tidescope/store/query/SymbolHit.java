package io.tidescope.store.query;

import io.tidescope.tree.symbol.Definition;

/**
 * A definition that matches.
 *
 * @param line line of the name, from 1
 * @param column column of the name in UTF-16 units, from 1
 * @param endLine last line of the declaration
 */
public record SymbolHit(
        SymbolRank rank, Definition definition, int line, int column, int endLine) {}
