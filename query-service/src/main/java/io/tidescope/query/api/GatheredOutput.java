package io.tidescope.query.api;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Gathers what is written into large pieces. Handing them on and flushing are two things: who only
 * hands on leaves it to the stream when it sends. Used by one thread.
 */
final class GatheredOutput extends OutputStream {
    private final OutputStream out;
    private final byte[] gathered;
    private int length;

    /**
     * @param out is not closed
     * @param size bytes to hand on at a time, about
     */
    GatheredOutput(OutputStream out, int size) {
        this.out = out;
        gathered = new byte[size];
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int count) throws IOException {
        if (length + count > gathered.length) {
            handOn();
        }
        if (count >= gathered.length) {
            out.write(bytes, start, count);
        } else {
            System.arraycopy(bytes, start, gathered, length, count);
            length += count;
        }
    }

    void handOn() throws IOException {
        if (length > 0) {
            out.write(gathered, 0, length);
            length = 0;
        }
    }

    @Override
    public void flush() throws IOException {
        handOn();
        out.flush();
    }
}
