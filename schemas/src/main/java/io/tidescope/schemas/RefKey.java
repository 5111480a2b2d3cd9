package io.tidescope.schemas;

import java.nio.charset.StandardCharsets;

/**
 * Key of the {@code repositories} topic: a ref of a repository.
 *
 * <p>Bytes: {@code repository NUL ref}, both UTF-8 and free of NUL.
 *
 * @param ref full name, such as {@code refs/heads/main}
 */
public record RefKey(String repository, String ref) {
    public RefKey {
        KeyParts.requireNoNul("repository", repository);
        KeyParts.requireNoNul("ref", ref);
    }

    public byte[] toBytes() {
        return (repository + '\0' + ref).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads {@link #toBytes()}; refuses bytes of another form with {@link ErrorCode#CORRUPT}. */
    public static RefKey read(byte[] bytes) {
        String[] parts = KeyParts.split(bytes, 2);
        return new RefKey(parts[0], parts[1]);
    }
}
