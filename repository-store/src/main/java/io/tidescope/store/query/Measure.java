package io.tidescope.store.query;

/** What documents are large by. */
public enum Measure {
    /** Bytes of the source. */
    BYTES,
    LINES,
    /** Bytes of the syntax tree, uncompressed. */
    TREE
}
