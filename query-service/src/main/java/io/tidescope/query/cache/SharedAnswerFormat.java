package io.tidescope.query.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How an answer and its position are kept in a shared level.
 *
 * <p>Bytes: {@code version (1) position (8, big-endian) checksum (4, big-endian) answer}, with the
 * CRC-32C of the key as UTF-8, the position and the answer. What another wrote under a key, or
 * wrote only half, is no answer. Versions: 1 (2026-11).
 */
final class SharedAnswerFormat {
    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Long.BYTES + Integer.BYTES;

    private SharedAnswerFormat() {}

    /** An answer's bytes as they were kept. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Kept(long position, byte[] answer) {}

    static byte[] write(String key, long position, byte[] answer) {
        return ByteBuffer.allocate(HEADER + answer.length)
                .put(VERSION)
                .putLong(position)
                .putInt(checksum(key, position, answer))
                .put(answer)
                .array();
    }

    /** What {@link #write} wrote under this key; absent for anything else. */
    static Optional<Kept> read(String key, byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 1, HEADER - 1);
        long position = header.getLong();
        int checksum = header.getInt();
        byte[] answer = Arrays.copyOfRange(bytes, HEADER, bytes.length);
        return checksum == checksum(key, position, answer)
                ? Optional.of(new Kept(position, answer))
                : Optional.empty();
    }

    private static int checksum(String key, long position, byte[] answer) {
        CRC32C checksum = new CRC32C();
        checksum.update(key.getBytes(StandardCharsets.UTF_8));
        checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position));
        checksum.update(answer);
        return (int) checksum.getValue();
    }
}
