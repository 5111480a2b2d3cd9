package io.tidescope.store.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import io.tidescope.schemas.DocumentKey;

import java.util.Comparator;

/** The order of documents in a store: that of the bytes of their keys. */
public final class DocumentOrder {
    /** By repository, ref and path. */
    public static final Comparator<DocumentKey> BY_KEY =
            Comparator.comparing(DocumentKey::repository, CODE_POINT_ORDER)
                    .thenComparing(DocumentKey::ref, CODE_POINT_ORDER)
                    .thenComparing(DocumentKey::path, CODE_POINT_ORDER);

    private DocumentOrder() {}
}
