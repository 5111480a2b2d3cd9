package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.Authentication;
import io.tidescope.query.access.Authenticator;
import io.tidescope.query.access.OwnToken;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.RecordedSpans;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

@Timeout(60)
class RequestContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final String TRACE_PARENT = "00-" + TRACE + "-" + CALLER + "-01";

    private final HttpClient http = HttpClient.newHttpClient();
    private final RecordedSpans spans = new RecordedSpans();

    /** What a log would carry while a poke is passed on. */
    private final BlockingQueue<Map<String, String>> logged = new LinkedBlockingQueue<>();

    private @Nullable HttpApi api;

    @AfterEach
    void close() {
        if (api != null) {
            api.close();
        }
        http.close();
        spans.close();
    }

    private HttpResponse<String> poke(Tracing tracing, String repository, String... headers)
            throws Exception {
        return ask(tracing, "POST", "/api/v1/poke?repository=" + repository, headers);
    }

    private HttpResponse<String> ask(Tracing tracing, String method, String path, String... headers)
            throws Exception {
        if (api == null) {
            api =
                    HttpApi.receive(
                            new Receivers(this::heard, null),
                            new SimpleMeterRegistry(),
                            HttpSettings.local(0),
                            tracing);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void heard(String repository) {
        logged.add(MDC.getCopyOfContextMap());
        switch (repository) {
            case "unknown" -> throw new TideScopeException(ErrorCode.NOT_FOUND, "not followed");
            case "broken" -> throw new IllegalStateException("a bug");
            default -> {}
        }
    }

    private static String id(HttpResponse<?> response) {
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }

    @Test
    void theCallersIdIsAnsweredAndLogged() throws Exception {
        HttpResponse<String> response = poke(Tracing.OFF, "shop", "X-Request-Id", "build-17_a.3");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(id(response)).isEqualTo("build-17_a.3");
        assertThat(logged.take()).isEqualTo(Map.of("request_id", "build-17_a.3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                "<script>",
                "{\"level\":\"ERROR\"}",
                "${jndi:x}",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void anotherOneIsMadeForWhatIsNotWellFormed(String sent) throws Exception {
        String id = id(poke(Tracing.OFF, "shop", "X-Request-Id", sent));

        assertThat(UUID.fromString(id)).hasToString(id);
        assertThat(logged.take()).isEqualTo(Map.of("request_id", id));
    }

    @Test
    void everyRequestHasAnIdOfItsOwnWhateverBecomesOfIt() throws Exception {
        String first = id(poke(Tracing.OFF, "shop"));
        HttpResponse<String> unknown = poke(Tracing.OFF, "unknown");
        HttpResponse<String> broken = poke(Tracing.OFF, "broken");
        HttpResponse<String> nowhere = ask(Tracing.OFF, "GET", "/nowhere");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(new String[] {first, id(unknown), id(broken), id(nowhere)})
                .doesNotHaveDuplicates();
        assertThat(spans.ended()).isEmpty();
    }

    @Test
    void aRequestIsAPartOfTheTraceThatItsCallerNames() throws Exception {
        HttpResponse<String> response =
                poke(spans.tracing(), "shop", TraceParent.NAME, TRACE_PARENT);

        SpanData span = onlySpan();
        assertThat(span.getName()).isEqualTo("POST /api/v1/poke");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(CALLER);
        assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(202);
        assertThat(logged.take())
                .isEqualTo(
                        Map.of(
                                "request_id",
                                id(response),
                                "trace_id",
                                TRACE,
                                "span_id",
                                span.getSpanId()));
    }

    @Test
    void strangersDoNotDecideWhichTraceARequestBelongsTo() {
        ApiToken token = ApiToken.create(new SecureRandom());
        Access closed = Access.of(List.of(new OwnToken(token)));
        String good = "Bearer " + token.text();

        assertThat(RequestContext.mayDecide("192.0.2.1", null, Access.OPEN)).isFalse();
        assertThat(RequestContext.mayDecide("192.0.2.1", good, Access.OPEN)).isFalse();
        assertThat(RequestContext.mayDecide("2001:db8::1", null, closed)).isFalse();
        assertThat(RequestContext.mayDecide("192.0.2.1", "Bearer tsk_other", closed)).isFalse();
        assertThat(RequestContext.mayDecide("192.0.2.1", good, closed)).isTrue();
        assertThat(RequestContext.mayDecide("127.0.0.1", null, Access.OPEN)).isTrue();
        assertThat(RequestContext.mayDecide("0:0:0:0:0:0:0:1", null, Access.OPEN)).isTrue();
        assertThat(RequestContext.mayDecide("127.0.0.1", null, closed))
                .as("through a proxy it may be anybody")
                .isFalse();
        assertThat(RequestContext.mayDecide("127.0.0.1", good, closed)).isTrue();
    }

    /** Where whoever authenticates fails, as when the keys of an issuer cannot be had. */
    @Test
    void whoCannotBeKnownNowIsAStranger() {
        Access failing =
                Access.of(
                        List.of(
                                new Authenticator() {
                                    @Override
                                    public boolean judges(String token) {
                                        return true;
                                    }

                                    @Override
                                    public Authentication authenticate(String token) {
                                        throw new TideScopeException(
                                                ErrorCode.UNAVAILABLE, "not now");
                                    }
                                }));

        assertThat(RequestContext.mayDecide("192.0.2.1", "Bearer a.b.c", failing)).isFalse();
    }

    @Test
    void oneThatFailsForADefectIsAFailedSpanAndOneThatTheCallerGotWrongIsNone() throws Exception {
        poke(spans.tracing(), "broken");
        SpanData broken = onlySpan();
        poke(spans.tracing(), "unknown");
        Eventually.until(Duration.ofSeconds(30), "both ended", () -> spans.ended().size() == 2);

        assertThat(broken.getStatus().getDescription()).isEqualTo("status 500");
        assertThat(spans.ended().getLast().getStatus().getDescription()).isEmpty();
    }

    @Test
    void pathsOfTheCallersMakingGiveNoNamesAndHealthGivesNoSpans() throws Exception {
        ask(spans.tracing(), "GET", "/health");
        ask(spans.tracing(), "GET", "/some/where");

        assertThat(onlySpan().getName()).isEqualTo("HTTP");
    }

    private SpanData onlySpan() {
        Eventually.until(Duration.ofSeconds(30), "a span ends", () -> !spans.ended().isEmpty());
        assertThat(spans.ended()).hasSize(1);
        return spans.ended().getFirst();
    }
}
