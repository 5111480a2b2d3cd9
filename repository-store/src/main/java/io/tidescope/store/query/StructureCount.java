package io.tidescope.store.query;

/**
 * How many matches a document has.
 *
 * @param place behind all of them
 */
public record StructureCount(StructurePlace place, long matches) implements StructureFinding {}
