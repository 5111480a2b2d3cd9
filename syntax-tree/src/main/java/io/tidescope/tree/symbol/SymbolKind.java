package io.tidescope.tree.symbol;

/** What a definition defines. The ordinal is stored: constants are only ever added at the end. */
public enum SymbolKind {
    CLASS,
    INTERFACE,
    ENUM,
    RECORD,
    ANNOTATION,
    METHOD,
    CONSTRUCTOR,
    FIELD,
    ENUM_CONSTANT,
    RECORD_COMPONENT,
    ANNOTATION_MEMBER,
    TYPE_PARAMETER,
    MODULE
}
