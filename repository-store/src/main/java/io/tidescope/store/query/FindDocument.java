package io.tidescope.store.query;

import io.tidescope.schemas.DocumentKey;

import java.util.Optional;

/**
 * One document.
 *
 * @param withSource whether to read its source
 * @param withTree whether to read its syntax tree (its source is needed to walk it)
 */
public record FindDocument(DocumentKey key, boolean withSource, boolean withTree, Deadline deadline)
        implements StoreQuery<Optional<StoredDocument>> {}
