package io.tidescope.recovery.archive;

/**
 * A segment as a manifest names it.
 *
 * @param name of its object
 * @param size of its object in bytes
 * @param sha256 of all of its object, hexadecimal
 * @param from offset of the first record that may be in it
 * @param to offset after the last one
 * @param records how many records it has
 */
public record SegmentRef(String name, long size, String sha256, long from, long to, int records) {}
