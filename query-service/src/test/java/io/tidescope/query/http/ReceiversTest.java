package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import io.javalin.Javalin;
import io.tidescope.query.access.Audit;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
        Eventually.until(
                Duration.ofSeconds(10),
                "is counted",
                () ->
                        sample.meters
                                        .get("tide_scope_ast_requests")
                                        .tag("endpoint", WebhookHandler.PATH)
                                        .tag("status", "401")
                                        .counter()
                                        .count()
                                == 1);
    }

    @Test
    void whoSendsAWebhookWithABadSignatureIsInTheAuditLog() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("tidescope.audit");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Level before = log.getLevel();
        log.setLevel(Level.INFO);
        logged.start();
        log.addAppender(logged);
        try {
            sample.client.post("/webhooks/github", new byte[1]);
        } finally {
            log.detachAppender(logged);
            log.setLevel(before);
        }

        assertThat(logged.list)
                .singleElement()
                .extracting(event -> String.valueOf(event.getKeyValuePairs()))
                .asString()
                .contains("POST /webhooks/github", "refused", "the signature is missing")
                .contains("127.0.0.1");
    }

    @Test
    void aBodyOfWhichTheRestDoesNotComeIsGivenUp() throws Exception {
        try (Socket forge = new Socket(InetAddress.getLoopbackAddress(), sample.api.port())) {
            forge.getOutputStream()
                    .write(
                            ("POST /webhooks/github HTTP/1.1\r\nHost: here\r\n"
                                            + "X-Hub-Signature: good\r\n"
                                            + "Content-Length: 1000\r\n\r\n{")
                                    .getBytes(StandardCharsets.US_ASCII));
            forge.setSoTimeout((int) HttpSettings.IDLE_TIMEOUT.dividedBy(2).toMillis());

            assertThat(forge.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 408");
        }
        assertThat(received).isEmpty();
        Eventually.until(
                Duration.ofSeconds(10),
                "is counted",
                () ->
                        sample.meters
                                        .get("tide_scope_ast_errors")
                                        .tag("error_type", "request_timeout")
                                        .counter()
                                        .count()
                                == 1);
    }

    @Test
    void moreWebhooksThanMayBeJudgedAtATimeAreToldToComeBack() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        RequestQueue webhooks = new RequestQueue(1, 0, 1, Duration.ofMinutes(1));
        Javalin server =
                Javalin.create(
                                config ->
                                        config.routes.post(
                                                WebhookHandler.PATH,
                                                new WebhookHandler(
                                                        (forge, header, body) -> judged.countDown(),
                                                        new Audit(InstantSource.system()),
                                                        webhooks)))
                        .start("127.0.0.1", 0);
        try {
            ApiClient client = new ApiClient(server.port());
            assertThat(webhooks.enter("another")).isEqualTo(RequestQueue.Entry.ENTERED);
            Reply refused = client.post("/webhooks/github", new byte[1]);
            assertThat(judged.getCount()).isEqualTo(1);
            webhooks.leave("another");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(client.post("/webhooks/github", new byte[1]).status()).isEqualTo(202);
        } finally {
            server.stop();
        }
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
