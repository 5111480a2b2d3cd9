package io.tidescope.query.cache;

/**
 * What a partition answered.
 *
 * @param position offset in the {@code documents} topic that the partition had come to
 */
public record CachedAnswer<R>(R answer, long position) {}
