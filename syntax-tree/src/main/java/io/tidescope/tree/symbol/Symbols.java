package io.tidescope.tree.symbol;

import io.tidescope.tree.SyntaxTree;

import java.util.List;

/**
 * What a document says about names, in source order; a pure function of its tree.
 *
 * @param definitions symbols declared
 * @param occurrences every identifier but comments' and keywords, definitions included
 */
public record Symbols(List<Definition> definitions, List<Occurrence> occurrences) {
    public static Symbols of(SyntaxTree tree) {
        throw new UnsupportedOperationException("not built yet: " + tree);
    }
}
