package io.tidescope.store.rocks;

import io.tidescope.tree.index.DefinitionPosting;
import io.tidescope.tree.index.OccurrencePosting;
import io.tidescope.tree.index.Terms;

import java.nio.charset.StandardCharsets;

/**
 * A column family of a store, and what its keys and values are. A document key is {@link
 * io.tidescope.schemas.DocumentKey}'s bytes.
 */
enum Family {
    /** One key: how far the store has come, and its statistics. See {@link Progress}. */
    PROGRESS("default"),
    /** Document key → {@link DocumentEntry}. */
    DOCUMENTS("documents"),
    /** Document key → its stored {@link io.tidescope.tree.SyntaxTree}; no key when it has none. */
    TREES("trees"),
    /** Document key → its source in UTF-8; no key when it is empty. */
    SOURCES("sources"),
    /** A document's ref and {@link DocumentNumber} → its path. */
    NUMBERS("numbers"),
    /** {@link PostingKey} → {@link Postings} that are {@link DefinitionPosting}s. */
    DEFINITIONS("definitions"),
    /** {@link PostingKey} → {@link Postings} that are {@link OccurrencePosting}s. */
    OCCURRENCES("occurrences"),
    /** {@link PostingKey} of one of the {@link Terms} → {@link Postings} of no bytes. */
    TERMS("terms"),
    /** Markers and the commits they cover, see {@link RevisionKeys}. */
    REVISIONS("revisions");

    private final byte[] stored;

    Family(String stored) {
        this.stored = stored.getBytes(StandardCharsets.US_ASCII);
    }

    /** Its name, for people. */
    String label() {
        return new String(stored, StandardCharsets.US_ASCII);
    }

    /** The name RocksDB knows it by. */
    byte[] stored() {
        return stored.clone();
    }

    /** Whether values can be large, written once and read whole: then compactions leave them. */
    boolean isLarge() {
        return this == TREES || this == SOURCES;
    }

    /** Whether keys are looked up that are often not there. */
    boolean isProbed() {
        return this == DOCUMENTS;
    }
}
