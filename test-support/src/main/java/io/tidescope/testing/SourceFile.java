package io.tidescope.testing;

/**
 * A file with its content.
 *
 * @param path {@code /} between segments
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record SourceFile(String path, byte[] content) {}
