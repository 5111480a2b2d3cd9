package io.tidescope.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class RefusalLimitTest {
    private static final long MINUTE = 60_000;

    private final RefusalLimit limit = new RefusalLimit();

    @Test
    void oneAddressCannotFillTheLog() {
        assertThat(written("10.0.0.1", 1_000, MINUTE)).isEqualTo(RefusalLimit.LINES_OF_ADDRESS);
        assertThat(written("10.0.0.2", 1, MINUTE)).isEqualTo(1);
    }

    @Test
    void manyAddressesCannotEither() {
        long written =
                IntStream.range(0, 10_000)
                        .filter(i -> limit.admits("10.0.%d.%d".formatted(i >> 8, i & 255), MINUTE))
                        .count();

        assertThat(written).isEqualTo(RefusalLimit.LINES);
    }

    @Test
    void whatIsLeftOutIsToldOnceTheMinuteIsOver() {
        written("10.0.0.1", RefusalLimit.LINES_OF_ADDRESS + 7, MINUTE);
        assertThat(limit.takeLeftOut(MINUTE)).isZero();

        assertThat(limit.takeLeftOut(2 * MINUTE)).isEqualTo(7);
        assertThat(limit.takeLeftOut(2 * MINUTE)).isZero();
        assertThat(limit.admits("10.0.0.1", 2 * MINUTE)).isTrue();
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyOut() {
        written("10.0.0.1", RefusalLimit.LINES_OF_ADDRESS + 1, 100 * MINUTE);

        assertThat(limit.admits("10.0.0.1", MINUTE)).isTrue();
    }

    private long written(String address, int refusals, long now) {
        return IntStream.range(0, refusals).filter(i -> limit.admits(address, now)).count();
    }
}
