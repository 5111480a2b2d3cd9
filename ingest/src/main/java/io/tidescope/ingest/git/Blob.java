package io.tidescope.ingest.git;

import org.jspecify.annotations.Nullable;

/**
 * A file's content as git holds it.
 *
 * @param size bytes of the whole content
 * @param content null when it is larger than the reader asked for
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Blob(long size, byte @Nullable [] content) {}
