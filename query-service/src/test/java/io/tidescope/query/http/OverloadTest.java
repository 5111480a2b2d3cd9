package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.http.ApiClient.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

@Timeout(60)
class OverloadTest {
    private static final Endpoint ENDPOINT =
            new Endpoint(
                    Endpoint.Input.QUERY, "/anything", List.of(), arguments -> List.of("answer"));

    @Test
    void aRequestBeyondTheLimitIsToldToComeBack() throws Exception {
        Semaphore admitted = new Semaphore(1);
        SlowReaders readers = new SlowReaders(Duration.ofMinutes(1), 1);
        Javalin server =
                Javalin.create(
                                config ->
                                        config.routes.get(
                                                "/anything",
                                                new QueryHandler(ENDPOINT, admitted, readers)))
                        .start("127.0.0.1", 0);
        try {
            ApiClient client = new ApiClient(server.port());
            admitted.acquire();
            Reply refused = client.get("/anything");
            admitted.release();
            Reply answered = client.get("/anything");
            Reply answeredAgain = client.get("/anything");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.body().get("code").asText()).isEqualTo("OVERLOADED");
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answeredAgain.status()).isEqualTo(200);
        } finally {
            server.stop();
            readers.close();
        }
    }
}
