package io.tidescope.recovery.emergency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tidescope.recovery.archive.Digests;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * The bytes of an {@link Intent}: JSON, whose digest is its code. Who gives the code agrees to
 * these bytes, and nobody deletes by others.
 *
 * <p>Versions: 1 (2026-11).
 */
final class IntentFormat {
    private static final int VERSION = 1;
    private static final int CODE_BYTES = 6;

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private record Written(int version, Intent intent) {}

    private IntentFormat() {}

    static byte[] write(Intent intent) {
        try {
            return JSON.writeValueAsBytes(new Written(VERSION, intent));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Twelve hexadecimal digits. */
    static String code(byte[] written) {
        return HexFormat.of().formatHex(Digests.sha256().digest(written), 0, CODE_BYTES);
    }

    /**
     * @param code that was given
     * @throws TideScopeException CORRUPT when it is not what was written
     */
    static Intent read(String code, byte[] written) {
        if (!code(written).equals(code)) {
            throw damaged(code);
        }
        try {
            return JSON.readValue(written, Written.class).intent();
        } catch (IOException | IllegalArgumentException e) {
            throw new TideScopeException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "Emergency %s was begun by another version of TideScope; go on with that one."
                            .formatted(code),
                    e);
        }
    }

    private static TideScopeException damaged(String code) {
        return new TideScopeException(
                ErrorCode.CORRUPT,
                "What emergency %s is to do cannot be read: its bytes are not those that were written. Begin another one."
                        .formatted(code));
    }
}
