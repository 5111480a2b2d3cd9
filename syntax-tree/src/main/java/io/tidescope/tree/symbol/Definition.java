package io.tidescope.tree.symbol;

/**
 * A symbol declared in a document.
 *
 * @param name simple name; a constructor has its type's name
 * @param kind what is declared
 * @param container names of the enclosing types from the outermost, joined by {@code .}, behind the
 *     package's name if there is one; empty at the top of a file without a package. An anonymous
 *     class counts as {@code <anonymous>}, a method around a local type as {@code name()}
 * @param signature one line for a person: parameter types and result of a method, type of a field,
 *     type parameters of a type; layout and comments normalised to single blanks
 * @param nameStart byte offset of the name in the source
 * @param start byte offset of the declaration in the source
 * @param end byte offset after the declaration
 */
public record Definition(
        String name,
        SymbolKind kind,
        String container,
        String signature,
        int nameStart,
        int start,
        int end) {}
