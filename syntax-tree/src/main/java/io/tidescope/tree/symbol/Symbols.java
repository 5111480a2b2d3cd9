package io.tidescope.tree.symbol;

import io.tidescope.tree.SyntaxTree;

import java.util.List;

/**
 * What a document says about names; a pure function of its tree.
 *
 * @param definitions symbols declared, by the place of their name
 * @param occurrences every identifier but those in comments, by place, each place once; keywords
 *     are none, also where JavaParser has names for them ({@code this} as a receiver, {@code new}
 *     behind {@code ::}, {@code _}). A definition is an occurrence too, but for a module's
 */
public record Symbols(List<Definition> definitions, List<Occurrence> occurrences) {
    /** Takes time and memory in proportion to the tree, whatever its depth. */
    public static Symbols of(SyntaxTree tree) {
        return new SymbolWalk(tree).walk();
    }
}
