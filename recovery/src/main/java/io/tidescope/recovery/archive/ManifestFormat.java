package io.tidescope.recovery.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a manifest.
 *
 * <pre>
 * 5  "TSBAK"
 * 1  version
 *    {@link Manifest} as JSON, compressed with zstd
 *    {@link Seal}
 * </pre>
 *
 * Versions: 1 (2026-11).
 */
final class ManifestFormat {
    static final byte VERSION = 1;

    private static final byte[] MAGIC = "TSBAK".getBytes(StandardCharsets.US_ASCII);
    private static final int START_BYTES = MAGIC.length + 1;
    private static final int LEVEL = 9;

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private ManifestFormat() {}

    static byte[] write(Manifest manifest) {
        byte[] json;
        try {
            json = Zstd.compress(JSON.writeValueAsBytes(manifest), LEVEL);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = new byte[START_BYTES + json.length + Seal.BYTES];
        ByteBuffer.wrap(bytes).put(MAGIC).put(VERSION).put(json);
        Seal.put(bytes);
        return bytes;
    }

    /**
     * @param name of the object, for messages
     * @throws TideScopeException CORRUPT naming the object, UNSUPPORTED_VERSION when a newer
     *     version wrote it
     */
    static Manifest read(String name, byte[] bytes) {
        if (bytes.length < START_BYTES + Seal.BYTES
                || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw SegmentFormat.damaged(name, "it is no manifest");
        }
        int end = bytes.length - Seal.BYTES;
        byte version = bytes[MAGIC.length];
        if (version > VERSION) {
            throw new TideScopeException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "Backup %s has version %d; this TideScope reads up to %d. Use a newer one."
                            .formatted(name, version, VERSION));
        }
        if (Seal.check(bytes) == null) {
            throw SegmentFormat.damaged(name, "its bytes are not those that were written");
        }
        try (ZstdInputStream json =
                new ZstdInputStream(
                        new ByteArrayInputStream(bytes, START_BYTES, end - START_BYTES))) {
            return JSON.readValue(json, Manifest.class);
        } catch (IOException | IllegalArgumentException e) {
            throw SegmentFormat.damaged(name, "it cannot be read: " + e.getMessage());
        }
    }
}
