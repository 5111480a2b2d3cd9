package io.tidescope.query.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token of our own: {@code tsk_}, by which scanners for leaked secrets know it, and 256 random
 * bits as base64url.
 *
 * <p>Only its SHA-256 is kept. A slow hash, as passwords need, would gain nothing: nobody can try
 * 2^256 tokens, however fast, and it would cost every request.
 *
 * @param text the secret
 */
public record ApiToken(String text) {
    private static final String PREFIX = "tsk_";
    private static final int RANDOM_BYTES = 32;

    /** A new one. */
    public static ApiToken create(SecureRandom random) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return new ApiToken(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static boolean looksLikeOne(String text) {
        return text.startsWith(PREFIX);
    }

    /** SHA-256 of its text, 64 hex digits. */
    public String hash() {
        return HexFormat.of().formatHex(digest());
    }

    byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + "(hidden)";
    }
}
