package io.tidescope.recovery.archive;

/**
 * A segment as it is stored.
 *
 * @param content its bytes, see {@link SegmentFormat}
 * @param sha256 of its bytes, hexadecimal
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
public record Segment(SegmentHeader header, byte[] content, String sha256) {}
