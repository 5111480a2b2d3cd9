package io.tidescope.store.rocks;

/**
 * An answer, and the state of the partition that it was read from.
 *
 * @param position offset of the last record applied in that state; -1 before the first
 */
public record Reading<R>(R answer, long position) {}
