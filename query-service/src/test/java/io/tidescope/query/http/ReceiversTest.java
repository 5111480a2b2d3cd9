package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Pokes and webhooks reach whoever receives them. */
@Timeout(60)
class ReceiversTest {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final ServedSample sample =
            new ServedSample(new Receivers(this::poke, this::receive), Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void aPokeIsPassedOn() throws Exception {
        Reply reply = sample.client.post("/api/v1/poke?repository=owner%2Fname", new byte[0]);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(received).containsExactly("poke owner/name");
    }

    @Test
    void aPokeOfARepositoryNobodyTracksIsRefused() throws Exception {
        Reply reply = sample.client.post("/api/v1/poke?repository=unknown", new byte[0]);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().get("parameter").asText()).isEqualTo("repository");
    }

    @Test
    void aPokeNamesItsRepository() throws Exception {
        assertThat(sample.client.post("/api/v1/poke", new byte[0]).status()).isEqualTo(400);
        assertThat(sample.client.post("/api/v1/poke?repo=a", new byte[0]).status()).isEqualTo(400);
        assertThat(received).isEmpty();
    }

    @Test
    void aPokeIsNoGet() throws Exception {
        assertThat(sample.client.get("/api/v1/poke?repository=a").status()).isEqualTo(405);
    }

    @Test
    void aWebhookIsPassedOnByteForByteWithItsHeaders() throws Exception {
        byte[] body = "{\"größe\":1}".getBytes(StandardCharsets.UTF_8);

        Reply reply = sample.client.post("/webhooks/github", body, "X-Hub-Signature", "good");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(received).containsExactly("github good {\"größe\":1}");
    }

    @Test
    void aWebhookWithABadSignatureIsRefused() throws Exception {
        Reply reply = sample.client.post("/webhooks/github", new byte[1]);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().get("code").asText()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void anEndlessBodyIsRefused() throws Exception {
        Reply reply =
                sample.client.post(
                        "/webhooks/github",
                        new byte[HttpSettings.MAX_BODY_BYTES + 1],
                        "X-Hub-Signature",
                        "good");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body().get("code").asText()).isEqualTo("BODY_TOO_LARGE");
        assertThat(received).isEmpty();
    }

    private void poke(String repository) {
        if (repository.equals("unknown")) {
            throw TideScopeException.about(
                    ErrorCode.NOT_FOUND, "repository", "unknown is not tracked here");
        }
        received.add("poke " + repository);
    }

    private void receive(String forge, Function<String, @Nullable String> header, byte[] body) {
        String signature = header.apply("x-hub-signature");
        if (signature == null) {
            throw new TideScopeException(ErrorCode.UNAUTHENTICATED, "the signature is missing");
        }
        received.add(forge + ' ' + signature + ' ' + new String(body, StandardCharsets.UTF_8));
    }
}
