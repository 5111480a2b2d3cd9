package io.tidescope.tree.symbol;

/**
 * A symbol declared in a document.
 *
 * @param name simple name; a constructor has its type's name, a module its whole name
 * @param kind what is declared
 * @param container names of the enclosing types from the outermost, joined by {@code .}, behind the
 *     package's name if there is one; empty at the top of a file without a package. An anonymous
 *     class (an enum constant's body is one) counts as {@code <anonymous>}, a method or constructor
 *     around it as {@code name()}, the implicit class of a compact source file not at all. A type
 *     parameter is contained in what it parametrises
 * @param signature one line for a person, types as they are written but for layout and comments:
 *     {@code <T>(List<T>, int...): String} of a method, {@code (int)} of a constructor, {@code <T>}
 *     of a type, {@code <T>(int, T)} of a record, the type of a field, record component or
 *     annotation member, the bounds {@code A & B} of a type parameter; empty of what else there is
 * @param nameStart byte offset of the name in the source
 * @param start byte offset of the declaration in the source, modifiers and annotations included;
 *     variables declared together share their declaration
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
