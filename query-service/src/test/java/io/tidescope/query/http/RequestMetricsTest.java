package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.Audit;
import io.tidescope.query.access.Permission;
import io.tidescope.query.admin.RequestJournal;
import io.tidescope.query.api.Endpoint;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

@Timeout(60)
class RequestMetricsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SYMBOLS = HttpApi.ROOT + "/symbols";
    private static final String SEARCH = HttpApi.ROOT + "/search/structural";

    private final ServedSample sample = new ServedSample();

    @AfterEach
    void close() {
        sample.close();
    }

    @Test
    void anAnswerIsCountedByEndpointMethodAndStatus() throws Exception {
        sample.client.ask("/symbols", "q", "Foo");
        sample.client.ask("/symbols", "q", "Base");

        awaitRequests(2, SYMBOLS, "GET", 200);
        assertThat(durations("request_duration", "endpoint", SYMBOLS, "method", "GET"))
                .isEqualTo(2);
        assertThat(queries("symbols", "complete")).isEqualTo(2);
        assertThat(durations("query_duration", "query_type", "symbols")).isEqualTo(2);
    }

    @Test
    void durationsAreInSeconds() throws Exception {
        sample.client.ask("/symbols", "q", "Foo");

        awaitRequests(1, SYMBOLS, "GET", 200);
        double longest =
                sample.meters
                        .get("tide_scope_ast_request_duration")
                        .tags("endpoint", SYMBOLS)
                        .summary()
                        .max();
        assertThat(longest).isPositive().isLessThan(PATIENCE.toSeconds());
    }

    @Test
    void anAnswerThatLacksSomethingIsAPartialOne() throws Exception {
        sample.store.lose(0, "its node is gone");
        sample.client.ask("/symbols", "q", "Foo");

        awaitRequests(1, SYMBOLS, "GET", 200);
        assertThat(queries("symbols", "partial")).isEqualTo(1);
        assertThat(queries("symbols", "complete")).isZero();
    }

    @Test
    void whatIsWrittenWhileItIsFoundIsCountedByHowItEnded() throws Exception {
        search();
        awaitRequests(1, SEARCH, "POST", 200);
        assertThat(queries("search/structural", "complete")).isEqualTo(1);

        sample.store.lose(0, "its node is gone");
        search();
        awaitRequests(2, SEARCH, "POST", 200);
        assertThat(queries("search/structural", "partial")).isEqualTo(1);
    }

    private void search() throws Exception {
        sample.client.post(
                SEARCH, "{\"pattern\": \"x\"}".getBytes(UTF_8), "Content-Type", "application/json");
    }

    @Test
    void aMistakeOfTheCallerIsNoFailureOfTheService() throws Exception {
        sample.client.ask("/symbols");

        awaitRequests(1, SYMBOLS, "GET", 400);
        assertThat(queries("symbols", "rejected")).isEqualTo(1);
        assertThat(errors("invalid_argument", "info")).isEqualTo(1);
    }

    @Test
    void aRevisionThatIsNotThereYetIsNoFailureOfTheService() throws Exception {
        sample.client.ask("/symbols", "q", "Foo", "min_revision", "f".repeat(40), "wait", "1ms");

        awaitRequests(1, SYMBOLS, "GET", 503);
        assertThat(queries("symbols", "not_indexed")).isEqualTo(1);
        assertThat(queries("symbols", "unavailable")).isZero();
    }

    @Test
    void anErrorOfTheVirtualMachineIsAFailure() throws Exception {
        Endpoint deep =
                new Endpoint(
                        Endpoint.Input.QUERY,
                        "/deep",
                        List.of(),
                        (arguments, visible) -> {
                            throw new StackOverflowError("on purpose");
                        });
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RequestMetrics metrics =
                new RequestMetrics(
                        meters, List.of(deep), new RequestJournal(InstantSource.system()));
        RequestQueue requests = new RequestQueue(1, 1, 1, Duration.ofSeconds(1));
        try (SlowReaders readers = new SlowReaders(Duration.ofMinutes(1), 1)) {
            Javalin server =
                    Javalin.create(
                                    config -> {
                                        config.requestLogger.http(metrics::count);
                                        config.routes.get(
                                                "/deep",
                                                new Guard(
                                                                Access.OPEN,
                                                                new Audit(InstantSource.system()))
                                                        .needs(
                                                                Permission.READ,
                                                                new QueryHandler(
                                                                        deep, requests, readers)));
                                    })
                            .start("127.0.0.1", 0);
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + server.port() + "/deep"))
                                .build();
                HttpResponse<Void> response =
                        HttpClient.newHttpClient()
                                .send(request, HttpResponse.BodyHandlers.discarding());
                assertThat(response.statusCode()).isEqualTo(500);
            } finally {
                server.stop();
            }
        }
        assertThat(
                        meters.get("tide_scope_ast_queries")
                                .tags("query_type", "deep", "status", "failed")
                                .counter()
                                .count())
                .isEqualTo(1);
        assertThat(
                        meters.get("tide_scope_ast_errors")
                                .tags("error_type", "internal", "severity", "error")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void pathsThatDoNotExistAreOneEndpoint() throws Exception {
        for (int i : IntStream.range(0, 20).toArray()) {
            sample.client.get("/no/such/path/" + i);
        }
        sample.client.send("BREW", "/pot");

        Eventually.until(PATIENCE, "all are counted", () -> requests("none", "GET", 404) == 20);
        Eventually.until(
                PATIENCE, "the last is counted", () -> requests("none", "other", 404) == 1);
        assertThat(sample.meters.find("tide_scope_ast_requests").counters()).hasSize(2);
    }

    @Test
    void whatCannotBeReadIsCountedToo() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sample.api.port())) {
            socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        }

        Eventually.until(PATIENCE, "it is counted", () -> requests("none", "other", 400) == 1);
        assertThat(errors("bad_request", "info")).isEqualTo(1);
    }

    @Test
    void connectionsAreCountedWhileTheyAreOpen() throws Exception {
        Gauge connections = sample.meters.get("tide_scope_ast_active_connections").gauge();
        assertThat(connections.value()).isZero();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sample.api.port())) {
            assertThat(socket.isConnected()).isTrue();
            Eventually.until(PATIENCE, "it is counted", () -> connections.value() == 1);
        }
        Eventually.until(PATIENCE, "it is gone", () -> connections.value() == 0);
    }

    @Test
    void everyMeterSaysWhatItIs() throws Exception {
        sample.client.ask("/symbols", "q", "Foo");
        sample.client.ask("/symbols");
        awaitRequests(1, SYMBOLS, "GET", 400);

        assertThat(sample.meters.getMeters())
                .extracting(Meter::getId)
                .filteredOn(id -> id.syntheticAssociation() == null)
                .allSatisfy(id -> assertThat(id.getName()).startsWith("tide_scope_ast_"))
                .allSatisfy(id -> assertThat(id.getDescription()).as(id.getName()).isNotBlank());
    }

    /** They are counted when the answer is on its way. */
    private void awaitRequests(int count, String endpoint, String method, int status) {
        Eventually.until(
                PATIENCE,
                count + " are counted",
                () -> requests(endpoint, method, status) == count);
    }

    private double requests(String endpoint, String method, int status) {
        return count(
                "requests",
                "endpoint",
                endpoint,
                "method",
                method,
                "status",
                Integer.toString(status));
    }

    private double queries(String type, String status) {
        return count("queries", "query_type", type, "status", status);
    }

    private double errors(String type, String severity) {
        return count("errors", "error_type", type, "severity", severity);
    }

    private double count(String name, String... tags) {
        Counter counter = sample.meters.find("tide_scope_ast_" + name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    private double durations(String name, String... tags) {
        DistributionSummary summary =
                sample.meters.find("tide_scope_ast_" + name).tags(tags).summary();
        return summary == null ? 0 : summary.count();
    }
}
