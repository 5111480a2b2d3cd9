package io.tidescope.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import io.tidescope.app.check.Finding.Outcome;
import io.tidescope.app.client.QueryClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is made of the answers of a server, well or not. */
@Timeout(60)
final class VerificationTest {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        answers.put("/api/v1/status", "{'documents':7,'partitionCount':2,'complete':true}");
        answers.put("/api/v1/symbols", "{'items':[]}");
        answers.put(
                "/api/v1/repositories",
                "{'items':[{'repository':'shop','refs':[{'ref':'main','state':'indexed'}]}],"
                        + "'nextCursor':null}");
        answers.put("/api/v1/admin/test-parse", "{'outcome':'parsed','millis':1.5}");
        answers.put(
                "/api/v1/admin/lag",
                "{'items':[{'group':'store','records':0,'seconds':0.0},"
                        + "{'group':'parser','records':3,'seconds':1.5}]}");
        answers.put("/api/v1/admin/recent-errors", "{'items':[]}");
        answers.put("/health", "{'status':'up','components':{'kafka':{'status':'up'}}}");
        answers.put("/metrics", "# TYPE a gauge\na 1\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext(
                "/",
                exchange -> {
                    String body = answers.get(exchange.getRequestURI().getPath());
                    byte[] bytes =
                            (body == null ? "{}" : body.replace('\'', '"'))
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
                    try (exchange) {
                        exchange.getResponseBody().write(bytes);
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void allIsWell() throws Exception {
        List<Finding> findings = findings();

        assertThat(findings).allMatch(it -> it.outcome() == Outcome.OK, "is ok");
        assertThat(findings)
                .extracting(Finding::subject)
                .startsWith("API", "latency", "revisions", "parsing", "events", "errors")
                .hasSize(8);
        assertThat(detail(findings, "events"))
                .isEqualTo("the oldest that was not read has waited 1.5 s");
    }

    @Test
    void whatIsMissingFails() throws Exception {
        answers.put(
                "/api/v1/status",
                "{'documents':7,'partitionCount':2,'complete':false,'missing':[{'partition':1}]}");
        answers.put(
                "/health",
                "{'status':'down','reasons':[],'components':{'disk':{'status':'down','reasons':['full']}}}");

        List<Finding> findings = findings();

        assertThat(findings).filteredOn(it -> it.outcome() == Outcome.FAILED).hasSize(2);
        assertThat(detail(findings, "API")).contains("\"partition\":1");
        assertThat(findings.getLast().subject()).startsWith("metrics of ");
        assertThat(findings.get(findings.size() - 2).detail()).isEqualTo("disk: [\"full\"]");
    }

    @Test
    void whatStandsStillFailsAndWhatIsBehindWarns() throws Exception {
        answers.put("/api/v1/admin/lag", "{'items':[{'group':'store','seconds':61.0}]}");
        answers.put("/api/v1/admin/test-parse", "{'outcome':'unparseable'}");
        answers.put(
                "/api/v1/repositories",
                "{'items':[{'repository':'shop','refs':[{'ref':'main','state':'pending'}]}]}");
        answers.put(
                "/api/v1/admin/recent-errors",
                "{'items':[{'code':'INTERNAL','at':'now','endpoint':'/symbols','errorId':'e1'}]}");

        List<Finding> findings = findings();

        assertThat(outcome(findings, "events")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(findings, "parsing")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(findings, "revisions")).isEqualTo(Outcome.WARNING);
        assertThat(detail(findings, "revisions")).endsWith("such as shop main");
        assertThat(outcome(findings, "errors")).isEqualTo(Outcome.WARNING);
    }

    @Test
    void whereNothingAnswersNothingMoreIsAsked() throws Exception {
        answers.remove("/api/v1/status");

        assertThat(findings()).extracting(Finding::subject).first().isEqualTo("API");
        assertThat(findings())
                .hasSize(3)
                .first()
                .extracting(Finding::outcome)
                .isEqualTo(Outcome.FAILED);
    }

    private static Outcome outcome(List<Finding> findings, String subject) {
        return find(findings, subject).outcome();
    }

    private static String detail(List<Finding> findings, String subject) {
        return find(findings, subject).detail();
    }

    private static Finding find(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(it -> it.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(subject + " in " + findings));
    }

    private List<Finding> findings() throws Exception {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (QueryClient api = new QueryClient(base, null)) {
            return Verification.of(api, List.of(base), _ -> {});
        }
    }
}
