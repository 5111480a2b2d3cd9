package io.tidescope.store.rocks;

import java.nio.charset.StandardCharsets;

/** A column family of a store, and what its keys and values are. */
enum Family {
    /** One key: how far the store has come, and its statistics. See {@link Progress}. */
    PROGRESS("default"),
    /** Document key → {@link DocumentEntry}. */
    DOCUMENTS("documents"),
    /** Document key → the names it is indexed under, see {@link IndexedNames}. */
    NAMES("names"),
    /** Document key → its syntax tree; nothing when it has none. */
    TREES("trees"),
    /** Document key → its source; nothing when it is empty. */
    SOURCES("sources"),
    /** {@link PostingKey} → {@link DefinitionPosting}. */
    DEFINITIONS("definitions"),
    /** {@link PostingKey} → {@link OccurrencePosting}. */
    OCCURRENCES("occurrences"),
    /** {@link PostingKey} of one of the {@link Terms} → nothing. */
    TERMS("terms"),
    /** Markers and the commits they cover, see {@link RevisionKeys}. */
    REVISIONS("revisions");

    private final byte[] stored;

    Family(String stored) {
        this.stored = stored.getBytes(StandardCharsets.US_ASCII);
    }

    /** The name RocksDB knows it by. */
    byte[] stored() {
        return stored.clone();
    }

    /** Whether values are large, written once and read whole: they are kept out of compactions. */
    boolean isLarge() {
        return this == TREES || this == SOURCES;
    }

    /** Whether keys are looked up that are often not there. */
    boolean isProbed() {
        return this == DOCUMENTS || this == NAMES;
    }
}
