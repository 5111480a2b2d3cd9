package io.tidescope.ingest.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 and comparison in constant time. */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENCODED_KEY = "whsec_";

    private Signatures() {}

    static String hex(String secret, byte[] message) {
        return HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), message));
    }

    /**
     * A signature of the Standard Webhooks specification, without its {@code v1,}: over id,
     * timestamp and body, with the key that the secret encodes in Base64 after {@code whsec_}.
     */
    static String standard(String secret, String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return Base64.getEncoder().encodeToString(hmac(key(secret), message));
    }

    private static byte[] key(String secret) {
        if (secret.startsWith(ENCODED_KEY) && secret.length() > ENCODED_KEY.length()) {
            try {
                return Base64.getDecoder().decode(secret.substring(ENCODED_KEY.length()));
            } catch (IllegalArgumentException e) {
                return secret.getBytes(StandardCharsets.UTF_8);
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
