package io.tidescope.recovery.archive;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A record of a topic as it was written, bytes and all.
 *
 * @param offset in its partition
 * @param timestamp milliseconds since 1970
 * @param key as on the topic; null when it had none
 * @param value as on the topic; null for a tombstone
 * @param headers in their order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody
public record ArchivedRecord(
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {
    public ArchivedRecord(
            long offset,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
    }
}
