package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a request gets that cannot be answered: a problem that says what was wrong. */
@Timeout(60)
class BadRequestTest {
    private static final ServedSample SAMPLE = new ServedSample();

    @AfterAll
    static void stop() {
        SAMPLE.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /symbols                            | q            | q is missing
                    /symbols?q=                         | q            | empty
                    /symbols?q=a%00b                    | q            | NUL
                    /symbols?q=Foo&knd=class            | knd          | Did you mean kind?
                    /symbols?q=Foo&q=Bar                | q            | given 2 times
                    /symbols?q=Foo&limit=1000000000     | limit        | from 1 to 1000
                    /symbols?q=Foo&limit=0              | limit        | from 1 to 1000
                    /symbols?q=Foo&kind=klass           | kind         | class, interface
                    /symbols?q=Foo&match=like           | match        | exact, prefix
                    /symbols?q=(&match=regex            | q            | position
                    /symbols?q=a{1000}{1000}&match=regex | q           | repeats
                    /symbols?q=Foo&cursor=abc           | cursor       | cursor
                    /symbols?q=Foo&wait=forever         | wait         | 500ms
                    /symbols?q=Foo&wait=31s             | wait         | at most 30s
                    /symbols?q=Foo&min_revision=HEAD    | min_revision | whole commit id
                    /symbols?q=Foo&ref=nowhere&repository=tide%2Fsample | ref | no ref
                    /symbols?q=Foo&repository=no%2Fsuch | repository   | no repository
                    /occurrences?name=Foo&role=user     | role         | definition, local_definition
                    /occurrences                        | name         | missing
                    /documents                          | repository   | missing
                    /documents?repository=no%2Fsuch     | repository   | no repository
                    /documents?repository=tide%2Fsample&ref=* | ref    | one ref
                    /document?repository=tide%2Fsample  | path         | missing
                    /document?repository=tide%2Fsample&path=No.java | path | no document
                    /document?repository=tide%2Fsample&path=No.java&include=ast | include | source, tree
                    /document?repository=tide%2Fsample&path=No.java&format=xml | format | json, sexp
                    /revisions                          | revision     | missing
                    /revisions?revision=abc             | revision     | whole commit id
                    /repositories?limit=x               | limit        | from 1 to 1000
                    /status?verbose=true                | verbose      | It takes
                    """)
    void namesTheParameterAtFault(String pathAndQuery, String parameter, String detail)
            throws Exception {
        Reply reply =
                SAMPLE.client.get(
                        HttpApi.ROOT + pathAndQuery.replace("{", "%7B").replace("}", "%7D"));

        assertThat(reply.status()).isIn(400, 404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body().get("status").asInt()).isEqualTo(reply.status());
        assertThat(reply.body().get("parameter").asText()).isEqualTo(parameter);
        assertThat(reply.body().get("detail").asText()).contains(detail);
    }

    @Test
    void refusesTheCursorOfAnotherQuery() throws Exception {
        String cursor =
                SAMPLE.client
                        .ask("/symbols", "q", "Foo", "limit", "1")
                        .body()
                        .get("nextCursor")
                        .asText();

        Reply reply = SAMPLE.client.ask("/symbols", "q", "Base", "cursor", cursor);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("parameter").asText()).isEqualTo("cursor");
    }

    @Test
    void answersARegexBuiltToExplode() throws Exception {
        Reply reply =
                SAMPLE.client.ask("/symbols", "q", "(a*)*(a*)*(a*)*b|(x+x+)+y", "match", "regex");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void doesNotKnowOtherPaths() throws Exception {
        Reply reply = SAMPLE.client.get("/api/v1/symbol?q=Foo");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body().get("detail").asText()).contains("/api/v1/symbol");
    }

    @Test
    void doesNotKnowReceiversThatAreNotThere() throws Exception {
        assertThat(SAMPLE.client.post("/api/v1/poke?repository=a", new byte[0]).status())
                .isEqualTo(404);
        assertThat(SAMPLE.client.post("/webhooks/github", new byte[0]).status()).isEqualTo(404);
    }

    @Test
    void refusesAnotherMethod() throws Exception {
        Reply reply = SAMPLE.client.send("DELETE", "/api/v1/symbols");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(reply.body().get("code").asText()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void refusesAnEndlessUri() throws Exception {
        Reply reply = SAMPLE.client.get("/api/v1/symbols?q=" + "x".repeat(20_000));

        assertThat(reply.status()).isEqualTo(414);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body().get("code").asText()).isEqualTo("URI_TOO_LONG");
    }

    @Test
    void refusesWhatIsNotHttp() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SAMPLE.api.port())) {
            socket.getOutputStream()
                    .write("what is this\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();

            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void refusesBrokenEscapes() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SAMPLE.api.port())) {
            socket.getOutputStream()
                    .write(
                            "GET /api/v1/symbols?q=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void hidesTheReasonOfAnInternalErrorBehindAnId() throws Exception {
        try (ServedSample failing = new ServedSample()) {
            failing.store.failWith(new IllegalStateException("secret detail"));

            Reply reply = failing.client.ask("/symbols", "q", "Foo");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body().get("code").asText()).isEqualTo("INTERNAL");
            assertThat(reply.body().get("errorId").asText()).isNotEmpty();
            assertThat(reply.response().body()).doesNotContain("secret", "Exception", "at io.");
        }
    }

    @Test
    void hidesTheReasonOfCorruption() throws Exception {
        try (ServedSample failing = new ServedSample()) {
            failing.store.failWith(
                    new TideScopeException(ErrorCode.CORRUPT, "secret bytes of another"));

            Reply reply = failing.client.ask("/symbols", "q", "Foo");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body().get("code").asText()).isEqualTo("CORRUPT");
            assertThat(reply.response().body()).doesNotContain("secret");
        }
    }

    @Test
    void endsAQueryAtItsDeadline() throws Exception {
        try (ServedSample hurried = new ServedSample(Receivers.NONE, Duration.ZERO)) {
            Reply reply = hurried.client.ask("/symbols", "q", "Foo");

            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.body().get("code").asText()).isEqualTo("DEADLINE_EXCEEDED");
        }
    }
}
