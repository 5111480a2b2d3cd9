package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.deploy.StopTimes;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class StopLimitTest {
    private static final Duration TO_SAY_SO = Duration.ofSeconds(5);

    /** Else nobody would be told why it ended. */
    @Test
    void aProcessEndsItselfBeforeKubernetesEndsIt() {
        assertThat(StopTimes.all())
                .isNotEmpty()
                .allSatisfy(
                        (workload, time) ->
                                assertThat(time)
                                        .as(workload)
                                        .isGreaterThanOrEqualTo(StopLimit.LIMIT.plus(TO_SAY_SO)));
    }
}
