package io.tidescope.parser.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

final class ReplayStartTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void theBeginningATimeAndOffsetsAreRead() {
        assertThat(ReplayStart.parse("beginning", NOW)).isEqualTo(new ReplayStart.Beginning());
        assertThat(ReplayStart.parse("2026-11-27T12:00:00Z", NOW))
                .isEqualTo(new ReplayStart.Time(NOW));
        assertThat(ReplayStart.parse("offset:0", NOW)).isEqualTo(new ReplayStart.Offset(0));
        assertThat(ReplayStart.parse("offset:0=12,3=40", NOW))
                .isEqualTo(new ReplayStart.Offsets(new TreeMap<>(Map.of(0, 12L, 3, 40L))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start",
                "Beginning",
                "yesterday",
                "2026-11-27",
                "2026-11-27T12:00:00",
                "offset:",
                "offset:-1",
                "offset:x",
                "offset:1.5",
                "offset:0=",
                "offset:0=1,",
                "offset:0=1,0=2",
                "offset:99999999999999999999",
                "2026-11-27T12:00:01Z"
            })
    void anythingElseIsRefusedWithWhatItIs(String text) {
        assertThatThrownBy(() -> ReplayStart.parse(text, NOW))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                            assertThat(e.parameter()).isEqualTo("from");
                        })
                .hasMessageContaining(text);
    }
}
