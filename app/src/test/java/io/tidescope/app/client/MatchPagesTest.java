package io.tidescope.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Pages as a server sends them that has to end some early. */
@Timeout(60)
final class MatchPagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MATCH = "{'path': '%s'}";

    private final List<Answer> answers = new ArrayList<>();
    private final List<JsonNode> questions = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final List<JsonNode> incomplete = new ArrayList<>();
    private final HttpServer server;
    private final QueryClient client;

    private interface Answer {
        void write(OutputStream out) throws Exception;
    }

    MatchPagesTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client =
                new QueryClient(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null);
    }

    @BeforeEach
    void start() {
        server.createContext("/api/v1/search/structural", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aMatchIsThereBeforeTheAnswerEnds() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        answers.add(
                out -> {
                    out.write(json("{'matches': [" + MATCH.formatted("A")));
                    out.flush();
                    read.await();
                    out.write(json("], 'count': 1, 'complete': true, 'missing': []}"));
                });

        JsonNode end =
                new MatchPages(
                                client,
                                match -> {
                                    paths.add(match.path("path").asText());
                                    read.countDown();
                                },
                                () -> true)
                        .read(question(5), incomplete::add);

        assertThat(paths).containsExactly("A");
        assertThat(end.path("complete").asBoolean()).isTrue();
    }

    @Test
    void aPageThatEndedEarlyIsGoneOnWith() throws Exception {
        answers.add(
                page(
                        "'A'",
                        "'complete': false, 'reason': 'time', 'nextCursor': 'c1', 'missing': []"));
        answers.add(page("'B', 'C'", "'complete': true, 'nextCursor': 'c2', 'missing': []"));

        JsonNode end = read(3);

        assertThat(paths).containsExactly("A", "B", "C");
        assertThat(questions.stream().map(it -> it.path("limit").asInt())).containsExactly(3, 2);
        assertThat(questions.getLast().path("cursor").asText()).isEqualTo("c1");
        assertThat(incomplete).isEmpty();
        assertThat(end.path("nextCursor").asText()).isEqualTo("c2");
    }

    @Test
    void whatCannotBeGoneOnWithIsTold() throws Exception {
        answers.add(
                page(
                        "'A'",
                        "'complete': false, 'reason': 'time', 'nextCursor': 'c1',"
                                + " 'missing': [{'partition': 1, 'reason': 'gone'}]"));
        answers.add(page("", "'complete': false, 'reason': 'time', 'missing': []"));

        JsonNode end = read(3);

        assertThat(incomplete)
                .singleElement()
                .satisfies(
                        page -> assertThat(page.at("/missing/0/reason").asText()).isEqualTo("gone"))
                .satisfies(page -> assertThat(page.has("nextCursor")).isFalse());
        assertThat(end.path("reason").asText()).isEqualTo("time");
    }

    @Test
    void treesThatCannotBeReadAreToldThoughTheSearchIsGoneOnWith() throws Exception {
        answers.add(
                page(
                        "'A'",
                        "'complete': false, 'reason': 'time', 'nextCursor': 'c1', 'missing': [],"
                                + " 'unreadable': 2"));
        answers.add(page("'B'", "'complete': true, 'missing': [], 'unreadable': 0"));

        JsonNode end = read(3);

        assertThat(incomplete)
                .singleElement()
                .satisfies(page -> assertThat(page.path("unreadable").asInt()).isEqualTo(2))
                .satisfies(page -> assertThat(page.has("reason")).isFalse());
        assertThat(end.path("complete").asBoolean()).isTrue();
    }

    @Test
    void countsOverAllPagesWhateverTheLimit() throws Exception {
        answers.add(out -> out.write(json("{'matches': [], 'count': 70, 'nextCursor': 'c1'}")));
        answers.add(out -> out.write(json("{'matches': [], 'count': 30, 'nextCursor': null}")));

        JsonNode end =
                new MatchPages(client, match -> {}, () -> true)
                        .read(question(5).counting(), incomplete::add);

        assertThat(end.path("count").asInt()).isEqualTo(100);
        assertThat(questions).allMatch(it -> it.path("countOnly").asBoolean());
        assertThat(questions.getLast().path("cursor").asText()).isEqualTo("c1");
    }

    @Test
    void anAnswerThatNobodyWantsIsNotReadToItsEnd() throws Exception {
        answers.add(
                out -> {
                    out.write(json("{'matches': [" + MATCH.formatted("A")));
                    // Until the client hangs up.
                    while (true) {
                        out.write(json(", " + MATCH.formatted("B")));
                        out.flush();
                    }
                });

        JsonNode end =
                new MatchPages(
                                client,
                                match -> paths.add(match.path("path").asText()),
                                () -> paths.isEmpty())
                        .read(question(100_000), incomplete::add);

        assertThat(end.isEmpty()).isTrue();
        assertThat(paths).startsWith("A", "B");
        assertThat(questions).hasSize(1);
    }

    @Test
    void anAnswerThatBreaksOffIsAFailure() {
        answers.add(out -> out.write(json("{'matches': [" + MATCH.formatted("A"))));

        assertThatThrownBy(() -> read(3))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("did not answer");
        assertThat(paths).containsExactly("A");
    }

    private JsonNode read(int limit) throws Exception {
        return new MatchPages(client, match -> paths.add(match.path("path").asText()), () -> true)
                .read(question(limit), incomplete::add);
    }

    private static StructureQuestion question(int limit) throws IOException {
        return StructureQuestion.of("x", null, List.of(), Map.of("limit", Integer.toString(limit)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.add(JSON.readTree(exchange.getRequestBody()));
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            answers.removeFirst().write(out);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Answer page(String paths, String rest) {
        return out -> {
            JsonNode all = JSON.readTree(json("[" + paths + "]"));
            List<String> matches = new ArrayList<>();
            all.forEach(path -> matches.add(MATCH.formatted(path.asText())));
            out.write(
                    json(
                            "{'matches': [%s], 'count': %d, %s}"
                                    .formatted(String.join(",", matches), all.size(), rest)));
        };
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
