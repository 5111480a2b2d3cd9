package io.tidescope.parser.parse.pattern;

/** What stands directly within a pair of brackets, or at the top of a pattern. */
enum Place {
    STATEMENTS,
    MEMBERS,
    /** Declarations at the top of a file. */
    TYPES,
    /** The constants of an enum, before its members. */
    CONSTANTS,
    /** The entries of a switch. */
    ENTRIES,
    /** The parameters of a declaration. */
    PARAMETERS,
    /** The components of a record pattern. */
    PATTERNS,
    /** The named values of an annotation. */
    PAIRS,
    /** Expressions, types, and all else where a hole is legal as it is written. */
    OTHER
}
