package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Where a frame is put together before it is sent in one piece; it is used again for the next one,
 * and gives up memory that only an uncommonly large one needed. For one thread at a time.
 */
final class FrameBuffer extends OutputStream {
    private static final int USUAL_BYTES = 64 << 10;

    private final int maxBytes;
    private byte[] bytes = new byte[1024];
    private int size;

    /**
     * @param maxBytes of a frame, without its length
     */
    FrameBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void begin(Frame.Kind kind) {
        bytes[Frame.HEADER_BYTES - 1] = (byte) kind.code();
        size = Frame.HEADER_BYTES;
    }

    /** Bytes of the frame, its length included. */
    int size() {
        return size;
    }

    void sendTo(OutputStream out) throws IOException {
        int length = size - Integer.BYTES;
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[i] = (byte) (length >>> (Integer.BYTES - 1 - i) * Byte.SIZE);
        }
        out.write(bytes, 0, size);
        out.flush();
    }

    /** Forgets the frame. */
    void clear() {
        size = 0;
        if (bytes.length > USUAL_BYTES) {
            bytes = new byte[USUAL_BYTES];
        }
    }

    @Override
    public void write(int single) {
        reserve(1);
        bytes[size++] = (byte) single;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        long needed = (long) size + more;
        if (needed - Integer.BYTES > maxBytes) {
            throw new TideScopeException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The message is larger than the %d bytes that nodes exchange at once; ask for less."
                            .formatted(maxBytes));
        }
        if (needed > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes,
                            (int)
                                    Math.min(
                                            Math.max(needed, 2L * bytes.length),
                                            Integer.MAX_VALUE - 8));
        }
    }
}
