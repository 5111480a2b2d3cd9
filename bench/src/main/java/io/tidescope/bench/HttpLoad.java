package io.tidescope.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients that ask over HTTP one request after another, each on a connection of its own that it
 * keeps; as little work per request as a client can do, for it shares the machine with the server.
 */
public final class HttpLoad {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final URI server;
    private final List<String> targets;

    /**
     * @param targets paths with their queries; clients take them in turn
     */
    public HttpLoad(URI server, List<String> targets) {
        this.server = server;
        this.targets = List.copyOf(targets);
    }

    /** Runs so many clients with so many requests each; how long every request took. */
    public Latencies run(int clients, int requestsPerClient) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int first = client * (targets.size() / clients);
                running.add(pool.submit(() -> client(first, requestsPerClient)));
            }
            long[] all = new long[clients * requestsPerClient];
            for (int client = 0; client < clients; client++) {
                System.arraycopy(
                        running.get(client).get(),
                        0,
                        all,
                        client * requestsPerClient,
                        requestsPerClient);
            }
            return new Latencies(all);
        }
    }

    private long[] client(int first, int requests) throws IOException {
        long[] nanos = new long[requests];
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            for (int i = 0; i < requests; i++) {
                byte[] request = request(targets.get((first + i) % targets.size()));
                long start = System.nanoTime();
                out.write(request);
                readAnswer(in);
                nanos[i] = System.nanoTime() - start;
            }
        }
        return nanos;
    }

    private byte[] request(String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("The server answered " + status);
        }
        int length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = true;
            }
        }
        if (!chunked) {
            in.skipNBytes(length);
            return;
        }
        int chunk;
        do {
            chunk = Integer.parseInt(line(in), 16);
            in.skipNBytes(chunk);
            line(in);
        } while (chunk > 0);
    }

    private static String line(InputStream in) throws IOException {
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
}
