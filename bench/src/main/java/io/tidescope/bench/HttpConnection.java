package io.tidescope.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection to a server, kept alive. As little as HTTP needs: a full client costs a short
 * answer more time than the server, and it is the server that is measured. Used by one thread.
 */
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final URI server;
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private byte[] body = new byte[BUFFER_BYTES];
    private int length;

    HttpConnection(URI server) throws IOException {
        this.server = server;
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /** What to send to ask for a path and query. */
    byte[] get(String target) {
        return bytes("GET " + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n");
    }

    /** What to send to post JSON. */
    byte[] post(String path, byte[] json) {
        byte[] head =
                bytes(
                        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                .formatted(path, server.getAuthority(), json.length));
        byte[] request = Arrays.copyOf(head, head.length + json.length);
        System.arraycopy(json, 0, request, head.length, json.length);
        return request;
    }

    /**
     * Sends a request and reads the answer to its last byte.
     *
     * @throws Refused when it is not 200; the connection can be used again
     * @throws IOException when the server closes the connection
     */
    void ask(byte[] request) throws IOException {
        out.write(request);
        String status = line();
        readAnswer();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new Refused("The server answered " + status);
        }
    }

    /** There was an answer, but no success. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private Refused(String message) {
            super(message);
        }
    }

    private void readAnswer() throws IOException {
        int announced = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                announced = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = true;
            }
        }
        length = 0;
        if (!chunked) {
            read(announced);
            return;
        }
        int chunk;
        do {
            chunk = Integer.parseInt(line(), 16);
            read(chunk);
            line();
        } while (chunk > 0);
    }

    /** The last answer. */
    byte[] body() {
        return Arrays.copyOf(body, length);
    }

    private void read(int more) throws IOException {
        if (length + more > body.length) {
            body = Arrays.copyOf(body, 2 * (length + more));
        }
        if (in.readNBytes(body, length, more) < more) {
            throw new EOFException("The server closed the connection");
        }
        length += more;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
