package io.tidescope.schemas;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Which record of {@code file-changes} a record of {@code documents} is from, as a header of it,
 * tombstones included: {@code topic id (16 bytes), offset (8 bytes)}, both big endian. The
 * partition is the same.
 */
public record Provenance(Uuid topic, long offset) {
    private static final String HEADER = "tidescope-from";
    private static final int BYTES = 24;

    /** Only this header. */
    public Headers toHeaders() {
        byte[] value =
                ByteBuffer.allocate(BYTES)
                        .putLong(topic.getMostSignificantBits())
                        .putLong(topic.getLeastSignificantBits())
                        .putLong(offset)
                        .array();
        return new RecordHeaders().add(new RecordHeader(HEADER, value));
    }

    /** Absent when the record does not tell: an older version wrote it, or somebody else. */
    public static Optional<Provenance> of(Headers headers) {
        var header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.wrap(header.value());
        return Optional.of(
                new Provenance(new Uuid(value.getLong(), value.getLong()), value.getLong()));
    }
}
