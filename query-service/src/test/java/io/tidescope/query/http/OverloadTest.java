package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.Audit;
import io.tidescope.query.access.Permission;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.http.ApiClient.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

@Timeout(60)
class OverloadTest {
    private static final Endpoint ENDPOINT =
            new Endpoint(
                    Endpoint.Input.QUERY,
                    "/anything",
                    List.of(),
                    (arguments, visible) -> List.of("answer"));

    @Test
    void aRequestBeyondTheShareOfItsCallerIsToldSo() throws Exception {
        RequestQueue requests = new RequestQueue(4, 0, 2, Duration.ofMillis(50));
        SlowReaders readers = new SlowReaders(Duration.ofMinutes(1), 1);
        Javalin server = serve(requests, readers);
        try {
            ApiClient client = new ApiClient(server.port());
            assertThat(requests.enter("127.0.0.1")).isEqualTo(RequestQueue.Entry.ENTERED);
            assertThat(requests.enter("127.0.0.1")).isEqualTo(RequestQueue.Entry.ENTERED);
            Reply refused = client.get("/anything");
            requests.leave("127.0.0.1");
            Reply answered = client.get("/anything");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.body().get("code").asText()).isEqualTo("TOO_MANY_REQUESTS");
            assertThat(answered.status()).isEqualTo(200);
        } finally {
            server.stop();
            readers.close();
        }
    }

    private static Javalin serve(RequestQueue requests, SlowReaders readers) {
        return Javalin.create(
                        config ->
                                config.routes.get(
                                        "/anything",
                                        new Guard(Access.OPEN, new Audit(InstantSource.system()))
                                                .needs(
                                                        Permission.READ,
                                                        new QueryHandler(
                                                                ENDPOINT, requests, readers))))
                .start("127.0.0.1", 0);
    }

    @Test
    void aRequestBeyondTheLimitIsToldToComeBack() throws Exception {
        RequestQueue requests = new RequestQueue(1, 1, 1, Duration.ofMillis(50));
        SlowReaders readers = new SlowReaders(Duration.ofMinutes(1), 1);
        Javalin server = serve(requests, readers);
        try {
            ApiClient client = new ApiClient(server.port());
            assertThat(requests.enter("another")).isEqualTo(RequestQueue.Entry.ENTERED);
            Reply refused = client.get("/anything");
            requests.leave("another");
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
