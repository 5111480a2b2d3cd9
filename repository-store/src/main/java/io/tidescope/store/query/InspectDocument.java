package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;

import java.util.List;

/** How a document is stored: one, or none when there is no such document. */
public record InspectDocument(DocumentKey document, Deadline deadline)
        implements StoreQuery<List<DocumentInspection>> {}
