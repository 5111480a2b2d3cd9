package io.tidescope.schemas;

import java.nio.charset.StandardCharsets;

/**
 * Key of the {@code documents} topic: a file of a repository on a ref.
 *
 * <p>Bytes: {@code repository NUL ref NUL path}, all UTF-8 and free of NUL, so keys sort by
 * repository, then ref, then path as git sorts paths. A revision marker has the empty path: one per
 * (repository, ref) and partition survives compaction.
 */
public record DocumentKey(String repository, String ref, String path) {
    public DocumentKey {
        KeyParts.requireNoNul("repository", repository);
        KeyParts.requireNoNul("ref", ref);
        KeyParts.requireNoNul("path", path);
    }

    public boolean isMarker() {
        return path.isEmpty();
    }

    /** Whether bytes are of a marker's key, without reading them; never fails. */
    public static boolean isMarker(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == 0;
    }

    public byte[] toBytes() {
        return (repository + '\0' + ref + '\0' + path).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads {@link #toBytes()}; refuses bytes of another form with {@link ErrorCode#CORRUPT}. */
    public static DocumentKey read(byte[] bytes) {
        String[] parts = KeyParts.split(bytes, 3);
        return new DocumentKey(parts[0], parts[1], parts[2]);
    }
}
