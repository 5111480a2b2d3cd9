package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.query.NodeInspection.Freshness;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class RecentFreshnessTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final RecentFreshness recent = new RecentFreshness();

    @Test
    void noneIsNotZeroSeconds() {
        assertThat(recent.summary(NOW)).isNull();
    }

    @Test
    void percentilesAreOfWhatWasMeasured() {
        for (int seconds = 200; seconds >= 1; seconds--) {
            recent.add(seconds, NOW);
        }

        assertThat(recent.summary(NOW)).isEqualTo(new Freshness(200, 100, 198, 200));
    }

    @Test
    void whatIsOlderThanAnHourIsNoLongerTold() {
        recent.add(9, NOW);
        recent.add(1, NOW.plusSeconds(1));

        assertThat(recent.summary(NOW.plus(Duration.ofHours(1)))).isEqualTo(of(2, 9));
        assertThat(recent.summary(NOW.plus(Duration.ofHours(1)).plusSeconds(1)))
                .isEqualTo(of(1, 1));
        assertThat(recent.summary(NOW.plus(Duration.ofHours(2)))).isNull();
    }

    @Test
    void noMoreAreKeptThanTheLast() {
        recent.add(99, NOW);
        for (int i = 0; i < RecentFreshness.MOST; i++) {
            recent.add(1, NOW);
        }

        assertThat(recent.summary(NOW)).isEqualTo(of(RecentFreshness.MOST, 1));
    }

    private static Freshness of(long count, double worst) {
        return new Freshness(count, 1, worst, worst);
    }
}
