package io.tidescope.ingest.git;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A path inside a tree, as the bytes git holds: segments joined by {@code /}, in no charset that
 * git knows of.
 *
 * <p>Ordered by unsigned bytes, which is the order in which git walks a tree recursively.
 */
public final class RawPath implements Comparable<RawPath> {
    private final byte[] bytes;

    public RawPath(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public static RawPath of(String path) {
        return new RawPath(path.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The path as text; null when it is not UTF-8. */
    public @Nullable String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    public boolean endsWith(String ascii) {
        int start = bytes.length - ascii.length();
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(RawPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawPath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For a person: what is not UTF-8 is shown as replacement characters. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
