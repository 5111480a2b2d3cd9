package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class QuantityTest {
    @Test
    void sizesHaveTheUnitThatKeepsThemShort() {
        assertThat(Quantity.bytes(0)).isEqualTo("0 B");
        assertThat(Quantity.bytes(1023)).isEqualTo("1023 B");
        assertThat(Quantity.bytes(1024)).isEqualTo("1.0 KiB");
        assertThat(Quantity.bytes(5L * 1024 * 1024 + 512 * 1024)).isEqualTo("5.5 MiB");
        assertThat(Quantity.bytes(3000L << 40)).isEqualTo("3,000.0 TiB");
    }

    @Test
    void oneIsNotSeveral() {
        assertThat(Quantity.of(1, "ref")).isEqualTo("1 ref");
        assertThat(Quantity.of(0, "ref")).isEqualTo("0 refs");
        assertThat(Quantity.of(1234, "ref")).isEqualTo("1,234 refs");
    }

    @Test
    void timesAreSeconds() {
        assertThat(Quantity.seconds(Duration.ofMillis(61_250))).isEqualTo("61.3 s");
    }
}
