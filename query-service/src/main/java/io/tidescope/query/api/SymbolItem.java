package io.tidescope.query.api;

import io.tidescope.query.request.Choice;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.tree.symbol.Definition;

/** A definition as it is written. Lines and columns count from 1, columns in UTF-16 units. */
record SymbolItem(
        String name,
        String kind,
        String container,
        String signature,
        String repository,
        String ref,
        String path,
        int line,
        int column,
        int endLine,
        int score) {
    static SymbolItem of(SymbolHit hit) {
        SymbolRank rank = hit.rank();
        Definition definition = hit.definition();
        return new SymbolItem(
                definition.name(),
                Choice.label(definition.kind()),
                definition.container(),
                definition.signature(),
                rank.repository(),
                rank.ref(),
                rank.path(),
                hit.line(),
                hit.column(),
                hit.endLine(),
                rank.score());
    }
}
