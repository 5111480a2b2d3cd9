package io.tidescope.recovery.archive;

/**
 * How far a live deployment is ahead of a backup in a ref.
 *
 * @param publishes that the backup does not have
 */
public record RefAhead(String repository, String ref, int publishes) {}
