package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;

/** What a structural search finds: matches, or how many there are in a document. */
public sealed interface StructureFinding permits StructureHit, StructureCount {
    /** Findings are in the order of their places. */
    StructurePlace place();

    /** The document that it is in. */
    DocumentKey document();
}
