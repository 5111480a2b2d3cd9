package io.tidescope.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;

class AuditTest {
    private static final Audit.Event LAG = event("ann", "GET /api/v1/admin/lag", "10.0.0.1");

    private final Logger log = (Logger) LoggerFactory.getLogger("tidescope.audit");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final Audit audit = new Audit(() -> now);
    private Level before;

    @BeforeEach
    void listen() {
        before = log.getLevel();
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void end() {
        log.detachAppender(lines);
        log.setLevel(before);
    }

    private static Audit.Event event(String caller, String action, String remote) {
        return new Audit.Event(caller, action, remote, "1");
    }

    @Test
    void aPageThatStaysOpenIsWrittenOnceInTenMinutes() {
        for (int look = 0; look < 120; look++) {
            audit.administered(LAG, true, null);
            now = now.plusSeconds(5);
        }
        assertThat(lines.list).hasSize(1);

        audit.administered(LAG, true, null);
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void whoeverElseLooksOrAtSomethingElseOrWithoutSuccessIsWritten() {
        audit.administered(LAG, true, null);
        audit.administered(event("ben", LAG.action(), LAG.remote()), true, null);
        audit.administered(
                event(LAG.caller(), "GET /api/v1/admin/stats", LAG.remote()), true, null);
        audit.administered(event(LAG.caller(), LAG.action(), "10.0.0.2"), true, null);
        audit.administered(LAG, true, "status 503");

        assertThat(lines.list).hasSize(5);
        assertThat(lines.list.getLast().getKeyValuePairs().toString())
                .contains("failed", "status 503");
    }

    @Test
    void whatChangesSomethingIsAlwaysWritten() {
        Audit.Event replay = event("ann", "POST /api/v1/admin/replay", "10.0.0.1");
        for (int i = 0; i < 3; i++) {
            audit.administered(replay, false, null);
            now = now.plus(Duration.ofSeconds(1));
        }

        assertThat(lines.list).hasSize(3);
    }
}
