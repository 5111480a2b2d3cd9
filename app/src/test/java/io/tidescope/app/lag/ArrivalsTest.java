package io.tidescope.app.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class ArrivalsTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final Arrivals arrivals = new Arrivals();

    @Test
    void aRecordWaitsFromTheLookThatFoundItOn() {
        arrivals.looked(10, at(0));
        arrivals.looked(10, at(5));
        arrivals.looked(11, at(6));
        arrivals.looked(20, at(9));

        assertThat(arrivals.waiting(10, at(10))).isEqualTo(Duration.ofSeconds(4));
        assertThat(arrivals.waiting(11, at(10))).isEqualTo(Duration.ofSeconds(1));
        assertThat(arrivals.waiting(20, at(10))).isZero();
    }

    @Test
    void whatWasThereBeforeTheFirstLookWaitsFromThatOn() {
        arrivals.looked(10, at(0));

        assertThat(arrivals.waiting(3, at(7))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aTopicThatWasMadeAgainBeginsAgain() {
        arrivals.looked(100, at(0));
        arrivals.looked(5, at(8));

        assertThat(arrivals.waiting(0, at(10))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void neverSaysLongerThanItIsWhenThereWereManyLooks() {
        int looks = 20 * Arrivals.MOST_LOOKS;
        for (int i = 1; i <= looks; i++) {
            arrivals.looked(i, at(i));
        }
        // Record 100 was there from the 101st look on.
        Duration waits = arrivals.waiting(100, at(looks));
        assertThat(waits)
                .isLessThanOrEqualTo(Duration.ofSeconds(looks - 101))
                .isGreaterThan(Duration.ofSeconds(looks / 2));
        assertThat(arrivals.waiting(looks, at(looks))).isZero();
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
