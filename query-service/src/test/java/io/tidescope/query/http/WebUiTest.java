package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.OwnToken;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.trace.Tracing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the page of operations is made of, as browsers get it. */
@Timeout(60)
class WebUiTest {
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final Pattern IMPORT = Pattern.compile("from '\\./([a-z.]+)'");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([a-z.]+)\"");
    private static final Pattern RUNBOOK = Pattern.compile("'(TideScope[A-Za-z]+)'");

    private final ServedSample sample = new ServedSample();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        sample.close();
        http.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ops, text/html",
        "ops.css, text/css",
        "ops.js, text/javascript",
        "problems.js, text/javascript",
        "runbooks/TideScopeConsumerLag.md, text/plain"
    })
    void everyFileIsWhatItSaysAndLoadsNothingFromElsewhere(String name, String type)
            throws Exception {
        HttpResponse<String> file = get("/ui/" + name);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(header(file, "Content-Type")).startsWith(type).containsIgnoringCase("utf-8");
        assertThat(header(file, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .contains("base-uri 'none'", "form-action 'none'", "trusted-types 'none'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(file, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(file.body()).isNotBlank();
    }

    @Test
    void whateverAFileNamesIsThere() throws Exception {
        List<String> named =
                Stream.of("ops", "ops.js", "problems.js", "sections.js", "answers.js")
                        .flatMap(name -> references(body("/ui/" + name)).stream())
                        .distinct()
                        .toList();

        assertThat(named).contains("ops.js", "ops.css", "problems.js", "numbers.js");
        for (String name : named) {
            assertThat(get("/ui/" + name).statusCode()).as(name).isEqualTo(200);
        }
    }

    @Test
    void everyRunbookThatIsReferredToIsThere() throws Exception {
        String problems = body("/ui/problems.js") + body("/ui/ops.js");
        List<String> runbooks =
                RUNBOOK.matcher(problems).results().map(it -> it.group(1)).distinct().toList();

        assertThat(runbooks).contains("TideScopePartitionsUnanswered", "TideScopeProcessDown");
        for (String runbook : runbooks) {
            assertThat(body("/ui/runbooks/" + runbook + ".md")).startsWith("# " + runbook);
        }
    }

    @Test
    void thePageHasNothingInlineAndNothingOfOthers() {
        String page = body("/ui/ops");

        assertThat(page).doesNotContain("<style", " style=", "onclick", "http://127", "https:");
        assertThat(page).doesNotContainPattern("<script(?![^>]*src=)");
        assertThat(body("/ui/ops.css")).doesNotContain("@import", "url(");
    }

    @Test
    void aFileThatIsKeptIsNotSentAgain() throws Exception {
        String tag = header(get("/ui/ops.js"), "ETag");
        assertThat(header(get("/ui/ops.js"), "Cache-Control")).isEqualTo("no-cache");
        assertThat(tag).matches("\"[0-9a-f]{32}\"").isNotEqualTo(header(get("/ui/ops"), "ETag"));

        for (String known : List.of(tag, "\"other\", W/" + tag, "*")) {
            HttpResponse<String> again = get("/ui/ops.js", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
        }
        assertThat(get("/ui/ops.js", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void headSaysWhatGetWould() throws Exception {
        HttpResponse<String> get = get("/ui/ops");
        HttpResponse<String> head = send(request("/ui/ops").method("HEAD", noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : List.of("Content-Type", "Content-Length", "ETag", "Cache-Control")) {
            assertThat(header(head, name)).as(name).isEqualTo(header(get, name)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void nothingCanBeDoneToIt(String method) throws Exception {
        Reply reply = sample.client.send(method, "/ui/ops");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.body().get("code").asText()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui",
                "/ui/",
                "/ui/ops/",
                "/ui/ops.html",
                "/ui/none.js",
                "/ui/runbooks/",
                "/ui/runbooks/None.md",
                "/ui/runbooks/TideScopeConsumerLag",
                "/ui/runbooks/TideScopeConsumerLag.md/",
                "/ui/runbooks/..%2Fops.js",
                "/ui/runbooks/..%2F..%2Fopenapi.json",
                "/ui/runbooks/%2E%2E/ops.html",
                "/ui/runbooks/..%5Cops.js",
                "/ui/runbooks/TideScopeConsumerLag.md%00",
                "/ui/..%2Fopenapi.json",
                "/ui/%2e%2e/%2e%2e/http/openapi.json"
            })
    void whatIsNoneOfItsFilesIsNotThere(String path) throws Exception {
        Reply reply = sample.client.get(path);

        assertThat(reply.status()).isIn(400, 404);
        assertThat(reply.header("Content-Security-Policy")).isEqualTo(NOTHING);
    }

    /** The page has no data; what it asks for is refused. */
    @Test
    void itIsOpenWhereTheApiIsNot() throws Exception {
        try (ServedSample closed =
                new ServedSample(
                        Receivers.NONE,
                        Duration.ofSeconds(10),
                        Access.of(List.of(new OwnToken(ApiToken.create(new SecureRandom())))))) {
            ApiClient client = ApiClient.of(closed.api.port(), "");
            assertThat(client.ask("/admin/lag").status()).isEqualTo(401);
            HttpResponse<String> page =
                    send(HttpRequest.newBuilder(uri(closed.api.port(), "/ui/ops")));
            assertThat(page.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whereNoQuestionsAreAnsweredThereIsNoPage() throws Exception {
        try (HttpApi ingest =
                HttpApi.receive(
                        new Receivers(repository -> {}, null),
                        new SimpleMeterRegistry(),
                        new HttpSettings("127.0.0.1", 0, Duration.ofSeconds(10), Access.OPEN, null),
                        Tracing.OFF)) {
            assertThat(ApiClient.of(ingest.port(), "").get("/ui/ops").status()).isEqualTo(404);
        }
    }

    private static List<String> references(String text) {
        Pattern pattern = text.startsWith("<!doctype") ? REFERENCE : IMPORT;
        return pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).toList();
    }

    private String body(String path) {
        try {
            return get(path).body();
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(sample.api.port(), path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpRequest.BodyPublisher noBody() {
        return HttpRequest.BodyPublishers.noBody();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
