package io.tidescope.store.query;

/** What a structural search finds: matches, or how many there are in a document. */
public sealed interface StructureFinding permits StructureHit, StructureCount {
    /** Findings are in the order of their places. */
    StructurePlace place();
}
