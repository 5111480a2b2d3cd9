package io.tidescope.query.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void aQuantileIsAtMostATenthTooMuch() {
        for (int millis = 1; millis <= 1_000; millis++) {
            latencies.add(millis);
        }

        assertThat(latencies.quantileMillis(0.5)).isBetween(500.0, 550.0);
        assertThat(latencies.quantileMillis(0.99)).isBetween(990.0, 1_000.0);
        assertThat(latencies.quantileMillis(1)).isEqualTo(1_000);
        assertThat(latencies.meanMillis()).isCloseTo(500.5, within(1e-6));
        assertThat(latencies.count()).isEqualTo(1_000);
    }

    @Test
    void oneSlowOfAThousandDoesNotMoveTheP99() {
        for (int i = 0; i < 999; i++) {
            latencies.add(2);
        }
        latencies.add(9_000);

        assertThat(latencies.quantileMillis(0.99)).isBetween(2.0, 2.2);
    }

    @Test
    void whatTakesNoTimeOrMuchTooLongIsCountedToo() {
        latencies.add(0);
        assertThat(latencies.quantileMillis(0.99)).isZero();

        latencies.add(1e9);
        assertThat(latencies.quantileMillis(0.99)).isEqualTo(1e9);
    }

    @Test
    void ofNothingThereIsNothing() {
        assertThat(latencies.meanMillis()).isZero();
        assertThat(latencies.quantileMillis(0.99)).isZero();
    }
}
