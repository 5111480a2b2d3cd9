package io.tidescope.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwakeClockTest {
    private long real = Long.MAX_VALUE - 50;
    private final AwakeClock clock = new AwakeClock(() -> real, 100);

    @Test
    void goesLikeAnyOtherWhileItIsWoundUp() {
        long start = clock.now();
        for (int i = 1; i <= 10; i++) {
            real += 100;
            assertThat(clock.now() - start).isEqualTo(100L * i);
            clock.windUp();
            assertThat(clock.now() - start).isEqualTo(100L * i);
        }
    }

    @Test
    void standsStillWhenNobodyWindsItUpAndGoesOnFromThere() {
        long start = clock.now();
        real += 5_000;
        assertThat(clock.now() - start).isEqualTo(100);
        clock.windUp();
        real += 7;
        assertThat(clock.now() - start).isEqualTo(107);
    }
}
