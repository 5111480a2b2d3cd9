package io.tidescope.schemas;

import java.nio.charset.StandardCharsets;

/**
 * Key of the {@code file-changes} topic: a file of a repository, whichever ref.
 *
 * <p>Bytes: {@code repository NUL path}, both UTF-8 and free of NUL (git allows none in a path). A
 * revision marker has the empty path.
 */
public record FileKey(String repository, String path) {
    public FileKey {
        KeyParts.requireNoNul("repository", repository);
        KeyParts.requireNoNul("path", path);
    }

    public byte[] toBytes() {
        return (repository + '\0' + path).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads {@link #toBytes()}; refuses bytes of another form with {@link ErrorCode#CORRUPT}. */
    public static FileKey read(byte[] bytes) {
        String[] parts = KeyParts.split(bytes, 2);
        return new FileKey(parts[0], parts[1]);
    }
}
