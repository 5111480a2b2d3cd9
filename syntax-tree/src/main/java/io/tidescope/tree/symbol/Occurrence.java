package io.tidescope.tree.symbol;

/**
 * A name at a place in a document.
 *
 * @param name the identifier
 * @param role how it is used there
 * @param start byte offset of the identifier in the source
 */
public record Occurrence(String name, OccurrenceRole role, int start) {}
