package io.tidescope.recovery.archive;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of everything before it that an object ends with.
 *
 * <p>That of the whole object, seal and all, by which others know it, comes of the same pass over
 * its bytes: digests are a fifth of what a restore takes.
 */
final class Seal {
    static final int BYTES = 32;

    private Seal() {}

    /**
     * Writes it into the last bytes of an object.
     *
     * @return SHA-256 of the whole, hexadecimal
     */
    static String put(byte[] object) {
        MessageDigest digest = before(object);
        byte[] seal = copy(digest).digest();
        System.arraycopy(seal, 0, object, object.length - BYTES, BYTES);
        return whole(digest, seal);
    }

    /**
     * Holds it against an object.
     *
     * @return SHA-256 of the whole, hexadecimal; null when it is not the seal of this object
     */
    static @Nullable String check(byte[] object) {
        if (object.length < BYTES) {
            return null;
        }
        MessageDigest digest = before(object);
        byte[] seal = copy(digest).digest();
        int end = object.length - BYTES;
        return Arrays.equals(seal, 0, BYTES, object, end, object.length)
                ? whole(digest, seal)
                : null;
    }

    private static MessageDigest before(byte[] object) {
        MessageDigest digest = Digests.sha256();
        digest.update(object, 0, object.length - BYTES);
        return digest;
    }

    private static String whole(MessageDigest before, byte[] seal) {
        return HexFormat.of().formatHex(before.digest(seal));
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
