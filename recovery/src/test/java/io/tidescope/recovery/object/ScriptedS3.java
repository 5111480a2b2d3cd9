package io.tidescope.recovery.object;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of S3 as putting and getting one object takes, with the faults that a test asks for. */
final class ScriptedS3 implements AutoCloseable {
    /** What becomes of a request. */
    sealed interface Step {}

    /** It is refused with a status and a code of S3; an empty code is an answer of no S3. */
    record Refuse(int status, String code) implements Step {}

    /** The connection is cut before anything is done. */
    record Cut() implements Step {}

    /** It is done, and the connection cut instead of an answer. */
    record DoAndCut() implements Step {}

    /** No answer comes as long as the server runs. */
    record Hang() implements Step {}

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final boolean heedsConditions;

    private ScriptedS3(boolean heedsConditions) throws IOException {
        this.heedsConditions = heedsConditions;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static ScriptedS3 start() throws IOException {
        return new ScriptedS3(true);
    }

    static ScriptedS3 thatOverwrites() throws IOException {
        return new ScriptedS3(false);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What becomes of the next requests; those after them are done. */
    void next(Step... steps) {
        script.addAll(List.of(steps));
    }

    void put(String path, byte[] content) {
        objects.put(path, content);
    }

    int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (script.poll()) {
            case null -> perform(exchange, body).send(exchange);
            case Refuse(int status, String code) -> Answer.refusal(status, code).send(exchange);
            case Cut() -> exchange.close();
            case DoAndCut() -> {
                perform(exchange, body);
                exchange.close();
            }
            case Hang() -> {
                // Nothing: the exchange stays as it is.
            }
        }
    }

    private Answer perform(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                boolean conditional =
                        heedsConditions
                                && exchange.getRequestHeaders().containsKey("If-None-Match");
                boolean there = objects.containsKey(path);
                if (conditional && there) {
                    yield Answer.refusal(412, "PreconditionFailed");
                }
                objects.put(path, body);
                yield new Answer(200, new byte[0]);
            }
            case "GET" -> {
                byte[] content = objects.get(path);
                yield content == null ? Answer.refusal(404, "NoSuchKey") : new Answer(200, content);
            }
            default -> Answer.refusal(501, "NotImplemented");
        };
    }

    private record Answer(int status, byte[] body) {
        static Answer refusal(int status, String code) {
            String text =
                    code.isEmpty()
                            ? "<html>no S3</html>"
                            : "<Error><Code>%s</Code><Message>because</Message></Error>"
                                    .formatted(code);
            return new Answer(status, ObjectStoreContract.bytes(text));
        }

        void send(HttpExchange exchange) throws IOException {
            try (exchange) {
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
