package io.tidescope.query;

import io.tidescope.schemas.TideScopeException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Where a page of a list ended: a place in the list's total order, so it stays good while the index
 * changes.
 *
 * <p>Bytes, as base64url without padding: {@code version (1) digest (8) place}, where {@code place}
 * is the place's parts as UTF-8 joined by NUL, and {@code digest} the first bytes of SHA-256 over
 * the question, NUL and the place: a cursor that was changed, or that is used with another
 * question, is refused. Versions: 1 (2026-11).
 */
final class Cursor {
    private static final byte VERSION = 1;
    private static final int DIGEST_BYTES = 8;
    private static final String PARAMETER = "cursor";

    private Cursor() {}

    static String write(String question, List<String> place) {
        byte[] placeBytes = String.join("\0", place).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(1 + DIGEST_BYTES + placeBytes.length)
                        .put(VERSION)
                        .put(digest(question, placeBytes), 0, DIGEST_BYTES)
                        .put(placeBytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * The place's parts.
     *
     * @throws TideScopeException INVALID_ARGUMENT naming {@code cursor}
     */
    static List<String> read(String cursor, String question) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        int placeStart = 1 + DIGEST_BYTES;
        if (bytes.length < placeStart || bytes[0] != VERSION) {
            throw refused();
        }
        byte[] place = new byte[bytes.length - placeStart];
        System.arraycopy(bytes, placeStart, place, 0, place.length);
        byte[] digest = digest(question, place);
        for (int i = 0; i < DIGEST_BYTES; i++) {
            if (digest[i] != bytes[1 + i]) {
                throw refused();
            }
        }
        return List.of(new String(place, StandardCharsets.UTF_8).split("\0", -1));
    }

    private static byte[] digest(String question, byte[] place) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(question.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return sha256.digest(place);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static TideScopeException refused() {
        return TideScopeException.invalid(
                PARAMETER,
                "cursor is not one of this query: pass a nextCursor back as it came, with the"
                        + " parameters it came for.");
    }
}
