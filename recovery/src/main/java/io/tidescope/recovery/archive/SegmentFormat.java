package io.tidescope.recovery.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a segment, which is written once and never changed.
 *
 * <pre>
 * 5  "TSSEG"
 * 1  version
 * 4  length of the header, big endian
 *    {@link SegmentHeader} as JSON
 *    records as {@link RecordFormat} writes them, compressed with zstd, one frame
 *    {@link Seal}
 * </pre>
 *
 * Versions: 1 (2026-11).
 */
final class SegmentFormat {
    static final byte VERSION = 1;

    private static final byte[] MAGIC = "TSSEG".getBytes(StandardCharsets.US_ASCII);
    private static final int START_BYTES = MAGIC.length + 1 + Integer.BYTES;

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private SegmentFormat() {}

    /**
     * @param records compressed
     */
    static Segment write(SegmentHeader header, byte[] records) {
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(header);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = new byte[START_BYTES + json.length + records.length + Seal.BYTES];
        ByteBuffer.wrap(bytes).put(MAGIC).put(VERSION).putInt(json.length).put(json).put(records);
        return new Segment(header, bytes, Seal.put(bytes));
    }

    /**
     * The header alone, of which nothing but its form is checked.
     *
     * @param beginning of a segment
     * @return -1 when all of the header is there, else how many bytes of the segment it takes
     */
    static int headerEnd(String name, byte[] beginning) {
        requireStart(name, beginning);
        int length = ByteBuffer.wrap(beginning).getInt(MAGIC.length + 1);
        if (length < 0) {
            throw damaged(name, "its header has " + length + " bytes");
        }
        int end = Math.addExact(START_BYTES, length);
        return end <= beginning.length ? -1 : end;
    }

    /** The header of a segment of which at least that is there. */
    static SegmentHeader header(String name, byte[] beginning) {
        if (headerEnd(name, beginning) >= 0) {
            throw damaged(name, "it ends within its header");
        }
        int length = ByteBuffer.wrap(beginning).getInt(MAGIC.length + 1);
        try {
            return JSON.readValue(beginning, START_BYTES, length, SegmentHeader.class);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(name, "its header cannot be read: " + e.getMessage());
        }
    }

    /**
     * Checks everything but the records themselves.
     *
     * @return SHA-256 of the segment, hexadecimal
     * @throws TideScopeException CORRUPT naming the segment, UNSUPPORTED_VERSION when a newer
     *     version wrote it
     */
    static String check(String name, byte[] bytes) {
        requireStart(name, bytes);
        String sha256 = Seal.check(bytes);
        if (sha256 == null) {
            throw damaged(name, "its bytes are not those that were written");
        }
        if (headerEnd(name, bytes) >= 0) {
            throw damaged(name, "it ends within its header");
        }
        return sha256;
    }

    /** Where the records begin in a segment that was checked. */
    static int recordsBegin(byte[] bytes) {
        return START_BYTES + ByteBuffer.wrap(bytes).getInt(MAGIC.length + 1);
    }

    private static void requireStart(String name, byte[] bytes) {
        if (bytes.length < START_BYTES
                || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw damaged(name, "it is no segment");
        }
        byte version = bytes[MAGIC.length];
        if (version > VERSION) {
            throw new TideScopeException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "Segment %s has version %d; this TideScope reads up to %d. Use a newer one."
                            .formatted(name, version, VERSION));
        }
        if (version < 1) {
            throw damaged(name, "it has version " + version);
        }
    }

    static TideScopeException damaged(String name, String how) {
        return new TideScopeException(
                ErrorCode.CORRUPT, "Object %s is damaged: %s.".formatted(name, how));
    }
}
