package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.http.ApiClient.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

@Timeout(60)
class SecurityHeadersTest {
    private final ServedSample sample = new ServedSample();

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void everyAnswerHasThemWhateverItIs() throws Exception {
        List<Reply> replies =
                List.of(
                        sample.client.ask("/status"),
                        sample.client.ask("/symbols"),
                        sample.client.get("/health"),
                        sample.client.get("/none"),
                        sample.client.send("DELETE", "/api/v1/status"),
                        sample.client.get("/" + "x".repeat(20_000)));

        assertThat(replies).extracting(Reply::status).containsExactly(200, 400, 200, 404, 405, 414);
        for (Reply reply : replies) {
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("Strict-Transport-Security")).isEmpty();
        }
    }
}
