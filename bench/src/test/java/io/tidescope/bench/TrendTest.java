package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendTest {
    private static final double ROUNDING = 1e-9;

    private final Trend trend = new Trend();

    @Test
    void goesThroughPointsThatStandOnALine() {
        trend.add(1, 5);
        trend.add(2, 7);
        trend.add(4, 11);

        assertThat(trend.slope()).isCloseTo(2, within(ROUNDING));
        assertThat(trend.at(0)).isCloseTo(3, within(ROUNDING));
        assertThat(trend.at(1_000)).isCloseTo(2_003, within(ROUNDING));
    }

    @Test
    void hasTheLeastSquaresToPointsThatDoNot() {
        trend.add(0, 0);
        trend.add(1, 3);
        trend.add(2, 0);
        trend.add(3, 3);

        assertThat(trend.slope()).isCloseTo(0.6, within(ROUNDING));
        assertThat(trend.at(0)).isCloseTo(0.6, within(ROUNDING));
    }

    @Test
    void isLevelThroughASinglePoint() {
        trend.add(7, 4);

        assertThat(trend.slope()).isZero();
        assertThat(trend.at(100)).isEqualTo(4);
    }
}
