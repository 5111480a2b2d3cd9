package io.tidescope.store.remote;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A message of the protocol behind its hello.
 *
 * <pre>
 * frame   = length kind payload
 * length  = bytes of kind and payload   (4 bytes, big endian)
 * kind    = code of {@link Kind}        (1 byte)
 * payload = CBOR
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Frame(Kind kind, byte[] payload) {
    static final int HEADER_BYTES = Integer.BYTES + 1;

    /** Memory is taken as bytes arrive, not as a length promises them. */
    private static final int STEP_BYTES = 1 << 20;

    /** What a frame says. */
    enum Kind {
        /** Asks partitions: {@link Request}. */
        ASK(1),
        /** Asks for the node's status; empty. */
        STATUS(2),
        /** The replies of all partitions asked: a list of {@link WireReply}. */
        REPLIES(3),
        /** {@link io.tidescope.store.query.NodeStatus}. */
        NODE_STATUS(4),
        /** {@link Failure}. */
        FAILURE(5);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        private static Kind of(int code) throws IOException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("a frame of kind %d, which this version has not".formatted(code));
        }
    }

    /**
     * The next frame; null when the other side has hung up instead.
     *
     * @param began called when the first byte is there
     * @throws IOException when it is cut off, longer than it may be or none
     */
    static @Nullable Frame read(InputStream in, int maxBytes, Runnable began) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        began.run();
        byte[] rest = in.readNBytes(HEADER_BYTES - 1);
        if (rest.length < HEADER_BYTES - 1) {
            throw new EOFException("a frame cut off in its header");
        }
        int length = first << 24 | (rest[0] & 0xFF) << 16 | (rest[1] & 0xFF) << 8 | rest[2] & 0xFF;
        if (length < 1 || length > maxBytes) {
            throw new IOException(
                    "a frame of %d bytes; 1 to %d are allowed"
                            .formatted(Integer.toUnsignedLong(length), maxBytes));
        }
        return new Frame(Kind.of(rest[3]), readPayload(in, length - 1));
    }

    private static byte[] readPayload(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, STEP_BYTES)];
        int filled = 0;
        while (true) {
            filled += in.readNBytes(bytes, filled, bytes.length - filled);
            if (filled < bytes.length) {
                throw new EOFException(
                        "a frame cut off after %d bytes of %d".formatted(filled, length));
            }
            if (filled == length) {
                return bytes;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled));
        }
    }
}
