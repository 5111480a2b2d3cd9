package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.app.health.HealthBoard;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.Tracing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
final class PatienceTest {
    private final Parts parts = new Parts();
    private final Readiness readiness = new Readiness();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void stop() {
        parts.close();
    }

    @Test
    void whatIsNotThereYetIsWaitedForAndTold() {
        Patience patience = patience(Duration.ofMinutes(5));

        patience.await(
                () -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new TideScopeException(ErrorCode.UNAVAILABLE, "no broker answers");
                    }
                });

        assertThat(tries).hasValue(3);
        assertThat(readiness.reasons()).containsExactly("waiting to start: no broker answers");
        readiness.started();
        assertThat(readiness.reasons()).isEmpty();
    }

    @Test
    void withoutPatienceItIsTriedOnce() {
        assertThatThrownBy(() -> patience(Duration.ZERO).await(this::fail))
                .isInstanceOf(TideScopeException.class)
                .hasMessage("no topic");
        assertThat(tries).hasValue(1);
    }

    @Test
    void wrongCredentialsAreNotTriedTwice() {
        Patience patience = patience(Duration.ofMinutes(5));

        assertThatThrownBy(
                        () ->
                                patience.await(
                                        () -> {
                                            tries.incrementAndGet();
                                            throw new TideScopeException(
                                                    ErrorCode.UNAUTHENTICATED, "refused");
                                        }))
                .hasMessage("refused");
        assertThat(tries).hasValue(1);
    }

    @Test
    void stoppingEndsTheWait() {
        Patience patience = patience(Duration.ofMinutes(5));

        assertThatThrownBy(
                        () ->
                                patience.await(
                                        () -> {
                                            parts.close();
                                            fail();
                                        }))
                .isInstanceOf(CancellationException.class);
        assertThat(tries).hasValue(1);
    }

    private void fail() {
        tries.incrementAndGet();
        throw new TideScopeException(ErrorCode.PRECONDITION_FAILED, "no topic");
    }

    private Patience patience(Duration limit) {
        return Patience.of(
                limit,
                new Surroundings(
                        parts,
                        new SimpleMeterRegistry(),
                        Tracing.OFF,
                        readiness,
                        parts.add("health", new HealthBoard()),
                        failure -> {}));
    }
}
