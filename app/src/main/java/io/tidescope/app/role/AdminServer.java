package io.tidescope.app.role;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidescope.app.config.Address;
import io.tidescope.app.health.ComponentHealth;
import io.tidescope.app.health.HealthBoard;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Says over HTTP how a process does: {@code /health/live} (it runs), {@code /health/ready} (it is
 * of use; 503 and the reasons when not), {@code /health} (each component, tried now; 503 when one
 * is down), {@code /metrics} (Prometheus), {@code /status} (where it answers and how far it has
 * come).
 */
final class AdminServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int BACKLOG = 16;

    /** Questions that are answered at the same time, but for whether the process lives. */
    private static final int AT_ONCE = 4;

    private final HttpServer server;
    private final ExecutorService threads;

    /** What is said at a path. */
    private record Answer(int status, String type, String body) {}

    private interface Question {
        Answer answer() throws IOException;
    }

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * @throws TideScopeException PRECONDITION_FAILED when the port is in use
     */
    static AdminServer start(
            Address address,
            Readiness readiness,
            HealthBoard health,
            PrometheusMeterRegistry meters,
            RoleWork work) {
        if (!address.isLoopback()) {
            log.atWarn()
                    .addKeyValue("address", address)
                    .log("Whoever reaches this address reads health, metrics and status");
        }
        HttpServer server;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(address.host(), address.port()), BACKLOG);
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "health and metrics cannot be served at %s: %s; choose another port with admin.port, or with --admin-port of tidescope up"
                            .formatted(address, e.getMessage()),
                    e);
        }
        // One for each request: whoever sends half of one must not keep others waiting.
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin-", 0).factory());
        server.setExecutor(threads);
        Semaphore turns = new Semaphore(AT_ONCE);
        serve(server, "/health/live", () -> json(200, Map.of("live", true)));
        serve(server, "/health/ready", inTurn(turns, () -> ready(readiness.reasons())));
        serve(server, "/health", inTurn(turns, () -> health(readiness.reasons(), health.look())));
        serve(
                server,
                "/metrics",
                inTurn(turns, () -> new Answer(200, PROMETHEUS, meters.scrape())));
        serve(server, "/status", inTurn(turns, () -> json(200, work.status())));
        server.createContext("/", exchange -> write(exchange, new Answer(404, JSON, "{}")));
        server.start();
        log.atInfo().addKeyValue("address", server.getAddress()).log("Health and metrics");
        return new AdminServer(server, threads);
    }

    /** Where it listens. */
    int port() {
        return server.getAddress().getPort();
    }

    private static Answer ready(List<String> reasons) throws IOException {
        return json(
                reasons.isEmpty() ? 200 : 503,
                Map.of("ready", reasons.isEmpty(), "reasons", reasons));
    }

    private static Answer health(List<String> reasons, Map<String, ComponentHealth> components)
            throws IOException {
        boolean up =
                reasons.isEmpty() && components.values().stream().allMatch(ComponentHealth::isUp);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "up" : "down");
        body.put("ready", reasons.isEmpty());
        body.put("reasons", reasons);
        body.put("components", components);
        return json(up ? 200 : 503, body);
    }

    private static Answer json(int status, Object body) throws IOException {
        return new Answer(status, JSON, MAPPER.writeValueAsString(body));
    }

    private static void serve(HttpServer server, String path, Question question) {
        server.createContext(
                path,
                exchange -> {
                    Answer answer;
                    if (!exchange.getRequestURI().getPath().equals(path)) {
                        answer = new Answer(404, JSON, "{}");
                    } else if (!exchange.getRequestMethod().equals("GET")) {
                        answer = new Answer(405, JSON, "{}");
                    } else {
                        answer = attempt(path, question);
                    }
                    write(exchange, answer);
                });
    }

    private static Question inTurn(Semaphore turns, Question question) {
        return () -> {
            turns.acquireUninterruptibly();
            try {
                return question.answer();
            } finally {
                turns.release();
            }
        };
    }

    private static Answer attempt(String path, Question question) {
        try {
            return question.answer();
        } catch (IOException | RuntimeException e) {
            log.atWarn().addKeyValue("path", path).setCause(e).log("An admin request failed");
            return new Answer(500, JSON, "{}");
        }
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
