package io.tidescope.tree.symbol;

/**
 * How a name is used where it occurs, as far as its file alone tells. The ordinal is stored:
 * constants are only ever added at the end.
 */
public enum OccurrenceRole {
    /** The name in the declaration of a symbol (any {@link SymbolKind} but a module). */
    DEFINITION,
    /** The name in the declaration of a local variable, parameter, pattern variable or label. */
    LOCAL_DEFINITION,
    /** The name of a called method. */
    CALL,
    /** The name in a method reference: {@code Type::name}. */
    METHOD_REFERENCE,
    /**
     * A type's name where a type is meant, but for the more special roles below; also what
     * qualifies it ({@code Map} in {@code Map.Entry}, {@code java} in {@code java.util.List}), and
     * what stands before {@code ::}, {@code .this} and {@code .super}.
     */
    TYPE,
    /** A type's name in {@code new}. */
    INSTANTIATION,
    /**
     * A type's name behind {@code extends}, {@code implements} or {@code permits} of a type's
     * declaration.
     */
    SUPERTYPE,
    /** An annotation's name. */
    ANNOTATION,
    /** A segment of an import's name. */
    IMPORT,
    /**
     * A segment of a package's or module's name in its declaration or a module directive; {@code
     * uses} and {@code provides} name types.
     */
    PACKAGE,
    /**
     * A variable or field read; also a name that only resolution could tell from a type or package
     * ({@code Foo} in {@code Foo.bar()}).
     */
    READ,
    /** A variable or field assigned, incremented or decremented; {@code x += 1} is no read. */
    WRITE,
    /**
     * A label in {@code break} or {@code continue}; an annotation's element name in {@code @A(name
     * = …)}.
     */
    LABEL
}
