package io.tidescope.query.api;

/** How a syntax tree is written: as nested JSON objects, or as one S-expression in a string. */
enum TreeFormat {
    JSON,
    SEXP
}
