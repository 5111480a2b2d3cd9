package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.TokenEntry;
import io.tidescope.query.access.TokenFile;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.query.http.ApiClient.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What is logged of requests with good, wrong and odd tokens, down to the least of TideScope's. */
@Timeout(60)
class SecretsInLogsTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.tidescope");
    private final Logger audit = (Logger) LoggerFactory.getLogger("tidescope.audit");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir private Path directory;

    @BeforeEach
    void listen() {
        ours.setLevel(Level.ALL);
        audit.setLevel(Level.ALL);
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(logged);
        ours.setLevel(null);
        audit.setLevel(null);
    }

    @Test
    void tokensAreInNoLogAndInNoAnswer() throws Exception {
        ApiToken good = ApiToken.create(new SecureRandom());
        ApiToken wrong = ApiToken.create(new SecureRandom());
        Path file =
                Files.writeString(
                        directory.resolve("tokens"),
                        new TokenEntry("ci", good.hash(), List.of("read"), List.of("**"), null)
                                .write());
        Access access =
                Access.of(
                        List.of(
                                new TokenFile(
                                        file, InstantSource.system(), new SimpleMeterRegistry())));
        List<String> secrets = List.of(good.text(), good.hash(), wrong.text(), "a.b.c", "s3cr3t");
        List<String> said = new ArrayList<>();
        try (ServedSample sample = new ServedSample(Receivers.NONE, ApiLimits.TIMEOUT, access)) {
            for (String token :
                    List.of(good.text(), wrong.text(), "a.b.c", "s3cr3t", "tsk_s3cr3t")) {
                ApiClient client = ApiClient.of(sample.api.port(), token);
                for (Reply reply :
                        List.of(
                                client.ask("/status"),
                                client.ask("/status", "wait", "x"),
                                client.get("/none"))) {
                    said.add(reply.response().body());
                }
            }
        }

        List<String> lines =
                logged.list.stream()
                        .map(event -> event.getFormattedMessage() + event.getKeyValuePairs())
                        .toList();
        assertThat(lines).filteredOn(line -> line.contains("refused")).hasSize(8);
        assertThat(lines)
                .anyMatch(
                        line ->
                                line.contains("GET /api/v1/status")
                                        && line.contains("127.0.0.1")
                                        && line.contains("request_id"));
        for (String secret : secrets) {
            assertThat(lines).noneMatch(line -> line.contains(secret));
            assertThat(said).noneMatch(body -> body.contains(secret));
        }
        assertThat(logged.list).noneMatch(event -> event.getThrowableProxy() != null);
    }
}
