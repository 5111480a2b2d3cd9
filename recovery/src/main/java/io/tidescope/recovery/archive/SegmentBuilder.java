package io.tidescope.recovery.archive;

import com.github.luben.zstd.ZstdOutputStream;

import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a segment record by record. It is held in memory, compressed; for one thread.
 *
 * <p>Full it is at {@value #FULL_BYTES} bytes, about: what the compressor has in hand does not
 * count, and one record may be as long as the brokers allow.
 */
public final class SegmentBuilder {
    /** A segment of a size that stores take in one piece, and that is soon sent again. */
    static final int FULL_BYTES = 8 << 20;

    private final ArchivedPartition where;
    private final long from;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final ZstdOutputStream zstd;
    private final BinaryEncoder body;
    private final RecordFormat format;
    private final List<Mark> marks = new ArrayList<>();
    private int records;
    private long bytes;
    private long to;

    /**
     * @param from where the segment begins: where the one before it ends
     */
    public SegmentBuilder(ArchivedPartition where, long from, Effort effort) {
        this.where = where;
        this.from = from;
        to = from;
        format = new RecordFormat(from);
        try {
            zstd = new ZstdOutputStream(compressed, effort.level());
            body = EncoderFactory.get().binaryEncoder(zstd, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The next record, at or behind where the segment has come to.
     *
     * @param mark what it says when it is a revision marker of {@code file-changes}, else null
     */
    public void add(ArchivedRecord record, @Nullable Mark mark) {
        if (record.offset() < to) {
            throw new IllegalArgumentException(
                    "%s has come to %d, not %d".formatted(where, to, record.offset()));
        }
        try {
            format.write(record, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        records++;
        bytes += length(record.key()) + length(record.value());
        to = record.offset() + 1;
        if (mark != null) {
            marks.add(mark);
        }
    }

    /** There is nothing more before that offset. */
    public void advance(long offset) {
        to = Math.max(to, offset);
    }

    private static int length(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    /** How far it has come: the offset after the last one that may be in it. */
    public long to() {
        return to;
    }

    /** Bytes that it has so far, about. */
    public int size() {
        return compressed.size();
    }

    public boolean isFull() {
        return size() >= FULL_BYTES;
    }

    /** Ends it; nothing can be added any more. */
    public Segment build() {
        try {
            body.flush();
            zstd.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SegmentHeader header = new SegmentHeader(where, from, to, records, bytes, marks);
        return SegmentFormat.write(header, compressed.toByteArray());
    }
}
