package io.tidescope.recovery.archive;

import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Records one after the other, as a segment holds them before they are compressed: each as Avro's
 * binary encoding has it, of
 *
 * <pre>
 * long           offset, less the one that is expected: the first of the segment, then the one before plus 1
 * long           timestamp, less that of the record before
 * null or bytes  key
 * null or bytes  value
 * array          headers: string name; null or bytes value
 * </pre>
 *
 * For one segment and one thread.
 */
final class RecordFormat {
    private static final int NULL = 0;
    private static final int BYTES = 1;

    private long expected;
    private long timestamp;

    /**
     * @param first offset that the first record is expected at
     */
    RecordFormat(long first) {
        expected = first;
    }

    /** Writes the next record. */
    void write(ArchivedRecord record, BinaryEncoder to) throws IOException {
        to.writeLong(record.offset() - expected);
        to.writeLong(record.timestamp() - timestamp);
        writeBytes(record.key(), to);
        writeBytes(record.value(), to);
        to.writeArrayStart();
        to.setItemCount(record.headers().size());
        for (Header header : record.headers()) {
            to.startItem();
            to.writeString(header.key());
            writeBytes(header.value(), to);
        }
        to.writeArrayEnd();
        expected = record.offset() + 1;
        timestamp = record.timestamp();
    }

    private static void writeBytes(byte @Nullable [] bytes, BinaryEncoder to) throws IOException {
        if (bytes == null) {
            to.writeIndex(NULL);
        } else {
            to.writeIndex(BYTES);
            to.writeBytes(bytes);
        }
    }

    /** Reads the next record of bytes whose checksum was checked. */
    ArchivedRecord read(BinaryDecoder from) throws IOException {
        long offset = expected + from.readLong();
        timestamp += from.readLong();
        byte[] key = readBytes(from);
        byte[] value = readBytes(from);
        List<Header> headers = new ArrayList<>();
        for (long count = from.readArrayStart(); count > 0; count = from.arrayNext()) {
            for (long i = 0; i < count; i++) {
                headers.add(new RecordHeader(from.readString(), readBytes(from)));
            }
        }
        expected = offset + 1;
        return new ArchivedRecord(offset, timestamp, key, value, headers);
    }

    private static byte @Nullable [] readBytes(BinaryDecoder from) throws IOException {
        if (from.readIndex() == NULL) {
            return null;
        }
        ByteBuffer bytes = from.readBytes(null);
        byte[] whole = bytes.array();
        if (whole.length == bytes.remaining()) {
            return whole;
        }
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return exact;
    }
}
