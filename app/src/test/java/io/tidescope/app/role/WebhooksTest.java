package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.app.NoSources;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.HttpSettings;
import io.tidescope.query.http.Receivers;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.tree.match.PatternException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests as code hosts send them, through the real HTTP server. */
class WebhooksTest {
    private static final String SECRET = "a secret";
    private static final String JSON_TYPE = "application/json";
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String PUSH =
            """
            {"ref": "refs/heads/main", "repository": {"full_name": "octo/hällo & co"}}
            """;
    private static final String FORM = "payload=" + URLEncoder.encode(PUSH, StandardCharsets.UTF_8);

    private final List<String> poked = new ArrayList<>();
    private final HttpApi api =
            HttpApi.start(
                    new NoStore(),
                    List::of,
                    pattern -> {
                        throw new PatternException("none is read here", 0);
                    },
                    NoSources.NONE,
                    new Receivers(null, new Webhooks(SECRET, poked::add)),
                    new SimpleMeterRegistry(),
                    HttpSettings.local(0),
                    Tracing.OFF);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void githubSignsWhatItSends() throws Exception {
        assertThat(github(JSON_TYPE, PUSH, PUSH)).isEqualTo(202);
        assertThat(github(FORM_TYPE, FORM, FORM)).isEqualTo(202);
        assertThat(poked).containsExactly("octo/hällo & co", "octo/hällo & co");
        assertThat(github(FORM_TYPE, FORM, PUSH)).isEqualTo(401);
        assertThat(poked).hasSize(2);
    }

    @Test
    void giteaSignsTheJsonHoweverItIsSent() throws Exception {
        assertThat(gitea(JSON_TYPE, PUSH, PUSH)).isEqualTo(202);
        assertThat(gitea(FORM_TYPE, FORM, PUSH)).isEqualTo(202);
        assertThat(poked).containsExactly("octo/hällo & co", "octo/hällo & co");
        assertThat(gitea(FORM_TYPE, FORM, FORM)).isEqualTo(401);
        assertThat(poked).hasSize(2);
    }

    private int github(String type, String body, String signed) throws Exception {
        return post(
                request("github", type, body)
                        .header("X-GitHub-Event", "push")
                        .header("X-Hub-Signature-256", "sha256=" + signature(signed)));
    }

    private int gitea(String type, String body, String signed) throws Exception {
        return post(
                request("gitea", type, body)
                        .header("X-Gitea-Event", "push")
                        .header("X-Gitea-Signature", signature(signed)));
    }

    private HttpRequest.Builder request(String host, String type, String body) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/webhooks/" + host))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private int post(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String signature(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Webhooks need none. */
    private static final class NoStore implements StoreClient {
        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
            throw new IllegalStateException("asked " + query);
        }
    }
}
