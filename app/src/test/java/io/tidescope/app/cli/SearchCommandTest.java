package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The search command against a server that answers whatever it is told to. */
@Timeout(60)
final class SearchCommandTest {
    private static final String MATCH =
            """
            {"repository": "r", "ref": "refs/heads/main", "path": "A.java",
             "range": {"line": 1, "column": 1, "endLine": 1, "endColumn": 2},
             "text": "a", "captures": {}}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> questions = new ArrayList<>();
    private final HttpServer server;
    private String answer = "";
    private boolean endless;

    SearchCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/api/v1/search/structural", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void countPrintsTheNumberAndNothingElse() {
        answer = end(4_711, "\"complete\": true, \"missing\": [], \"unreadable\": 0");

        assertThat(count()).isZero();

        assertThat(out.toString().strip()).isEqualTo("4711");
        assertThat(err.toString()).isEmpty();
        assertThat(questions).singleElement().asString().contains("\"countOnly\":true");
    }

    @Test
    void aCountThatIsNotCompleteSaysSo() {
        answer =
                end(
                        7,
                        "\"complete\": false, \"reason\": \"no time\", \"missing\": [],"
                                + " \"unreadable\": 3");

        assertThat(count()).isZero();

        assertThat(out.toString().strip()).isEqualTo("7");
        assertThat(err.toString()).contains("incomplete: no time").contains("3 have a syntax tree");
        assertThat(err.toString()).doesNotContain("partitions");
    }

    @Test
    void asksForWhatIsGivenAndNothingElse() throws IOException {
        answer = end(0, "\"complete\": true");

        assertThat(
                        execute(
                                "search",
                                "a($B)",
                                "--repository=o/n",
                                "--ref=main",
                                "--path=src/**",
                                "--path=**/A.java",
                                "--limit=5",
                                "--cursor=c",
                                "--min-revision=abc",
                                "--wait=5s",
                                "--consistency=strong"))
                .as(err.toString())
                .isZero();
        assertThat(execute("search", "a($B)")).isZero();

        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(questions.getFirst()))
                .isEqualTo(
                        json.readTree(
                                """
                                {"pattern": "a($B)", "repository": "o/n", "ref": "main",
                                 "paths": ["src/**", "**/A.java"], "limit": 5, "cursor": "c",
                                 "min_revision": "abc", "wait": "5s", "consistency": "strong"}
                                """));
        assertThat(json.readTree(questions.getLast()).path("pattern").asText()).isEqualTo("a($B)");
        assertThat(json.readTree(questions.getLast()).path("repository").isMissingNode()).isTrue();
    }

    @Test
    void aMatchIsItsPlaceAndItsLineOrWithJsonAsItWasSent() {
        answer =
                "{\"matches\": [%s], \"count\": 1, \"complete\": true, \"nextCursor\": \"c\"}"
                        .formatted(MATCH);

        assertThat(execute("search", "a", "--limit=1")).isZero();
        assertThat(out.toString().strip()).isEqualTo("r A.java:1:1  a");
        assertThat(err.toString()).contains("there is more; continue with --cursor c");

        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(execute("search", "a", "--json")).isZero();
        assertThat(out.toString().strip()).isEqualTo(answer);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explainShowsWhatTheSearchWentThrough() {
        answer =
                "{\"readAs\": \"expression\", "
                        + end(
                                        12,
                                        "\"complete\": false, \"reason\": \"no time\","
                                                + " \"missing\": [], \"unreadable\": 0,"
                                                + " \"plan\": {\"lookup\": \"a\","
                                                + " \"documents\": 5000, \"candidates\": 20,"
                                                + " \"searched\": 9, \"trees\": 1}")
                                .substring(1);

        assertThat(search("--explain")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "pattern read as  expression",
                        "looked up        a",
                        "documents        5,000",
                        "  candidates     20",
                        "  searched       9",
                        "  trees read     1",
                        "matches          12");
        assertThat(err.toString()).contains("incomplete: no time");
        assertThat(questions)
                .singleElement()
                .asString()
                .contains("\"explain\":true", "\"countOnly\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit=100000", "--json"})
    void endsWhenNobodyReadsItsOutput(String option) {
        endless = true;
        OutputStream head =
                new OutputStream() {
                    private int lines;

                    @Override
                    public void write(int b) throws IOException {
                        if (b == '\n' && ++lines > 10) {
                            throw new IOException("Broken pipe");
                        }
                    }
                };

        PrintStream stdout = System.out;
        System.setOut(new PrintStream(head, true, UTF_8));
        try {
            assertThat(CommandLineInterface.run("search", option, "a()", url())).isZero();
        } finally {
            System.setOut(stdout);
        }
    }

    private int count() {
        return search("--count");
    }

    private int search(String option) {
        return execute("search", option, "a()");
    }

    private int execute(String... arguments) {
        return CommandLineInterface.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of(arguments), Stream.of(url()))
                                .toArray(String[]::new));
    }

    private String url() {
        return "--url=http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String end(int count, String rest) {
        return "{\"matches\": [], \"count\": %d, %s}".formatted(count, rest);
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer.getBytes(UTF_8));
            if (endless) {
                body.write(("{\"matches\": [" + MATCH).getBytes(UTF_8));
                // Until the client hangs up.
                while (true) {
                    body.write((", " + MATCH).getBytes(UTF_8));
                }
            }
        }
    }
}
