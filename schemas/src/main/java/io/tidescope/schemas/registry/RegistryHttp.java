package io.tidescope.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Serves the registry's protocol on the JDK's HTTP server. */
final class RegistryHttp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_REQUEST_BYTES = 1024 * 1024;
    private static final int BACKLOG = 64;

    /** Requests that are read and answered at the same time, each with its body in memory. */
    private static final int AT_ONCE = 32;

    private final HttpServer server;

    /** One for each request: whoever sends half of one must not keep others waiting. */
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("registry-http-", 0).factory());

    private final Semaphore turns = new Semaphore(AT_ONCE);

    private RegistryHttp(InetSocketAddress address) throws IOException {
        server = HttpServer.create(address, BACKLOG);
        server.setExecutor(threads);
    }

    /** Takes the address; who connects waits until it is served. */
    static RegistryHttp bind(InetSocketAddress address) throws IOException {
        return new RegistryHttp(address);
    }

    /** Starts to answer; called once. */
    void serve(Subjects subjects) {
        RegistryProtocol protocol = new RegistryProtocol(subjects);
        server.createContext("/", exchange -> handleInTurn(exchange, protocol));
        server.start();
    }

    URI uri() {
        InetSocketAddress address = server.getAddress();
        return URI.create(
                "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void handleInTurn(HttpExchange exchange, RegistryProtocol protocol) throws IOException {
        turns.acquireUninterruptibly();
        try {
            handle(exchange, protocol);
        } finally {
            turns.release();
        }
    }

    private static void handle(HttpExchange exchange, RegistryProtocol protocol)
            throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
            RegistryProtocol.Reply reply = answer(exchange, protocol, body);
            byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static RegistryProtocol.Reply answer(
            HttpExchange exchange, RegistryProtocol protocol, byte[] body) {
        if (body.length > MAX_REQUEST_BYTES) {
            return RegistryProtocol.error(
                    413, "the request is larger than %d bytes".formatted(MAX_REQUEST_BYTES));
        }
        try {
            return protocol.answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("path", exchange.getRequestURI())
                    .setCause(e)
                    .log("A registry request failed");
            return RegistryProtocol.error(50001, "error in the backend data store: " + e);
        }
    }
}
