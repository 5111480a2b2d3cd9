package io.tidescope.tree.match;

/** What a pattern was read as. */
public enum PatternForm {
    EXPRESSION,
    STATEMENTS,
    MEMBERS,
    TYPE_DECLARATION,
    IMPORT,
    PACKAGE,
    ANNOTATION,
    TYPE,
    CATCH_CLAUSE,
    SWITCH_ENTRY
}
