package io.tidescope.query.api;

/** What of a document can be included in an answer. */
enum DocumentPart {
    SOURCE,
    TREE,
    OUTLINE,
    PROBLEMS
}
