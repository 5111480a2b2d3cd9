package io.tidescope.store.remote;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads frames, one after the other. When a read ends for want of bytes, as by a timeout, the next
 * one goes on where it was. For one thread at a time.
 */
final class FrameReader {
    /** Memory is taken as bytes arrive, not as a length promises them. */
    private static final int STEP_BYTES = 1 << 20;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] header = new byte[Frame.HEADER_BYTES];
    private byte @Nullable [] payload;

    /** Bytes there are of the header, or of the payload once that is begun. */
    private int filled;

    /**
     * @param maxBytes of a frame, without its length
     */
    FrameReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * The next frame; null when the other side has hung up instead.
     *
     * @param began called when the first byte is there
     * @throws IOException when it is cut off, longer than it may be or none
     */
    @Nullable Frame read(Runnable began) throws IOException {
        byte[] bytes = payload;
        if (bytes == null) {
            if (!readHeader(began)) {
                return null;
            }
            bytes = new byte[Math.min(length() - 1, STEP_BYTES)];
            payload = bytes;
            filled = 0;
        }
        Frame.Kind kind = Frame.Kind.of(header[Frame.HEADER_BYTES - 1]);
        Frame frame = new Frame(kind, readPayload(bytes, length() - 1));
        payload = null;
        filled = 0;
        return frame;
    }

    private boolean readHeader(Runnable began) throws IOException {
        while (filled < header.length) {
            int more = in.read(header, filled, header.length - filled);
            if (more < 0 && filled == 0) {
                return false;
            }
            if (more < 0) {
                throw new EOFException("a frame cut off in its header");
            }
            if (filled == 0) {
                began.run();
            }
            filled += more;
        }
        int length = length();
        if (length < 1 || length > maxBytes) {
            throw new IOException(
                    "a frame of %d bytes; 1 to %d are allowed"
                            .formatted(Integer.toUnsignedLong(length), maxBytes));
        }
        return true;
    }

    /** Bytes of kind and payload. */
    private int length() {
        return header[0] << 24
                | (header[1] & 0xFF) << 16
                | (header[2] & 0xFF) << 8
                | header[3] & 0xFF;
    }

    private byte[] readPayload(byte[] begun, int length) throws IOException {
        byte[] bytes = begun;
        while (filled < length) {
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled));
                payload = bytes;
            }
            int more = in.read(bytes, filled, bytes.length - filled);
            if (more < 0) {
                throw new EOFException(
                        "a frame cut off after %d bytes of %d".formatted(filled, length));
            }
            filled += more;
        }
        return bytes;
    }
}
