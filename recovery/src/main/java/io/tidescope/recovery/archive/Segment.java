package io.tidescope.recovery.archive;

/**
 * A segment as it is stored.
 *
 * @param content its bytes, see {@link SegmentFormat}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
public record Segment(SegmentHeader header, byte[] content) {}
