package io.tidescope.recovery.archive;

import com.github.luben.zstd.ZstdInputStream;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The records of a segment, one after the other, once everything but themselves was checked. */
final class SegmentReader {
    private final String name;
    private final String sha256;
    private final SegmentHeader header;
    private final BinaryDecoder body;
    private final RecordFormat format;
    private int left;

    /**
     * @param bytes of the whole segment
     * @throws io.tidescope.schemas.TideScopeException CORRUPT naming the segment,
     *     UNSUPPORTED_VERSION when a newer version wrote it
     */
    SegmentReader(String name, byte[] bytes) {
        this.name = name;
        sha256 = SegmentFormat.check(name, bytes);
        int begin = SegmentFormat.recordsBegin(bytes);
        int length = bytes.length - Seal.BYTES - begin;
        header = SegmentFormat.header(name, bytes);
        format = new RecordFormat(header.from());
        left = header.records();
        try {
            body =
                    DecoderFactory.get()
                            .binaryDecoder(
                                    new ZstdInputStream(
                                            new ByteArrayInputStream(bytes, begin, length)),
                                    null);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Of the whole segment, hexadecimal. */
    String sha256() {
        return sha256;
    }

    SegmentHeader header() {
        return header;
    }

    /** The next record; null behind the last one. */
    @Nullable ArchivedRecord next() {
        try {
            if (left == 0) {
                if (!body.isEnd()) {
                    throw SegmentFormat.damaged(name, "there is more behind its records");
                }
                return null;
            }
            ArchivedRecord record = format.read(body);
            if (record.offset() >= header.to()) {
                throw SegmentFormat.damaged(name, "it holds offset " + record.offset());
            }
            left--;
            return record;
        } catch (IOException | AvroRuntimeException e) {
            throw unreadable(e);
        }
    }

    private RuntimeException unreadable(Exception e) {
        return SegmentFormat.damaged(name, "its records cannot be read: " + e.getMessage());
    }
}
