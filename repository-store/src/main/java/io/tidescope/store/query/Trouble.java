package io.tidescope.store.query;

/** What can be wrong with a document's source. */
public enum Trouble {
    /** It is not Java, wholly or in parts, or was not parsed for another reason. */
    SYNTAX,
    /** It is not UTF-8 and was read by best effort. */
    ENCODING
}
