package io.tidescope.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients that ask over HTTP one request after another, each on a connection of its own that it
 * keeps; as little work per request as a client can do, for it shares the machine with the server.
 */
public final class HttpLoad {
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
        try (HttpConnection connection = new HttpConnection(server)) {
            for (int i = 0; i < requests; i++) {
                byte[] request = connection.get(targets.get((first + i) % targets.size()));
                long start = System.nanoTime();
                connection.ask(request);
                nanos[i] = System.nanoTime() - start;
            }
        }
        return nanos;
    }
}
