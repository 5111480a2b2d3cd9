package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tidescope.app.standalone.Endpoints;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a question of the terminal asks the server for, and what it shows of the answer. */
@Timeout(60)
final class QueryCommandTest {
    private static final String SYMBOLS =
            """
            {"items": [{"name": "Till", "kind": "class", "container": "shop", "path": "Till.java",
             "line": 3, "repository": "r", "signature": ""}], "nextCursor": "next",
             "complete": true, "missing": []}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final HttpServer server;
    private int status = 200;
    private String answer = "{}";

    QueryCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    status                  | /status?
                    repositories --limit 2 --cursor c | /repositories?cursor=c&limit=2
                    revisions abc --repository o/n --ref main | /revisions?ref=main&repository=o/n&revision=abc
                    documents --repository o/n --ref main --prefix src/ --limit 2 --cursor c | /documents?cursor=c&limit=2&prefix=src/&ref=main&repository=o/n
                    document A.java --repository o/n | /document?include=source&path=A.java&repository=o/n
                    document A.java --repository o/n --ref main --include tree,problems --format sexp | /document?format=sexp&include=tree,problems&path=A.java&ref=main&repository=o/n
                    symbols Foo | /symbols?q=Foo
                    symbols Foo --match camel --kind class,enum --repository o/n --ref * --limit 2 --cursor c | /symbols?cursor=c&kind=class,enum&limit=2&match=camel&q=Foo&ref=*&repository=o/n
                    occurrences Foo --role call,read --repository o/n --ref main --limit 2 --cursor c | /occurrences?cursor=c&limit=2&name=Foo&ref=main&repository=o/n&role=call,read
                    symbols Foo --min-revision abc --wait 5s --consistency strong | /symbols?consistency=strong&min_revision=abc&q=Foo&wait=5s
                    """)
    void asksForWhatIsGivenAndNothingElse(String question, String request) {
        assertThat(query(question.split(" "))).as(err.toString()).isZero();

        assertThat(asked).containsExactly("/api/v1" + request);
    }

    @Test
    void aTokenIsNotSentWhereADirectoryThatIsJustThereSays(@TempDir Path found) throws Exception {
        URI elsewhere = URI.create("http://192.0.2.1:8080");
        assertThat(queryWithToken(found, elsewhere)).isNotZero();
        assertThat(err.toString()).contains("give --url " + elsewhere);
    }

    @Test
    void itIsSentToThisMachine(@TempDir Path found) throws Exception {
        int port = server.getAddress().getPort();
        assertThat(queryWithToken(found, URI.create("http://127.0.0.1:" + port))).isZero();
        assertThat(asked).containsExactly("/api/v1/symbols?q=Foo");
        // Nobody listens there, which is found out.
        assertThat(queryWithToken(found, URI.create("http://[::1]:1"))).isNotZero();
        assertThat(err.toString()).doesNotContain("give --url");
    }

    private int queryWithToken(Path data, URI address) throws IOException {
        Path token = Files.writeString(data.resolve("token"), "tsk_secret");
        new Endpoints(address, address, "127.0.0.1:9092", address).write(data);
        return CommandLineInterface.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute("query", "symbols", "Foo", "--data=" + data, "--token-file=" + token);
    }

    @Test
    void aListReadsAsLinesAndSaysHowItGoesOn() {
        answer = SYMBOLS;

        assertThat(query("symbols", "Till")).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("Till.java:3: class shop.Till\n");
        assertThat(err.toString()).contains("there is more; continue with --cursor next");
    }

    @Test
    void withJsonTheAnswerIsShownAsItWasSentAndNothingElse() {
        answer = SYMBOLS;

        assertThat(query("symbols", "Till", "--json")).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines(SYMBOLS);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aRefusalIsTheServersReason() {
        status = 400;
        answer = "{\"title\": \"Bad request\", \"detail\": \"limit must be a whole number\"}";

        assertThat(query("symbols", "Till", "--limit", "x")).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip()).isEqualTo("tidescope: limit must be a whole number");
    }

    private int query(String... question) {
        List<String> arguments = new ArrayList<>(List.of("query"));
        arguments.addAll(List.of(question));
        arguments.add("--url=http://127.0.0.1:" + server.getAddress().getPort());
        return CommandLineInterface.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String[] parameters = query == null ? new String[0] : query.split("&");
        Arrays.sort(parameters);
        asked.add(exchange.getRequestURI().getPath() + "?" + String.join("&", parameters));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
