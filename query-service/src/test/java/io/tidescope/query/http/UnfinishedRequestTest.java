package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.tidescope.query.http.ApiClient.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.EOFException;
import java.util.UUID;

@Timeout(60)
class UnfinishedRequestTest {
    @Test
    void aRequestOfWhichTheRestDoesNotComeIsNoSuccess() throws Exception {
        Javalin server =
                Javalin.create(
                                config -> {
                                    config.routes.get(
                                            "/broken",
                                            context -> {
                                                throw new EOFException("the rest does not come");
                                            });
                                    new Problems(UUID::randomUUID).addTo(config.routes);
                                })
                        .start("127.0.0.1", 0);
        try {
            Reply reply = new ApiClient(server.port()).get("/broken");

            assertThat(reply.status()).isEqualTo(408);
        } finally {
            server.stop();
        }
    }
}
