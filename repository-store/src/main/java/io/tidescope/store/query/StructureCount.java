package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;

/** How many matches a document has. */
public record StructureCount(DocumentKey document, long matches) implements StructureFinding {
    /** Behind all of them. */
    @Override
    public StructurePlace place() {
        return StructurePlace.behind(document);
    }
}
