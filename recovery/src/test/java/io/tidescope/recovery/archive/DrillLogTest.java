package io.tidescope.recovery.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

final class DrillLogTest {
    private final MemoryObjects objects = new MemoryObjects(InstantSource.system());
    private final DrillLog drills = new Archive(objects).drills();

    @Test
    void drillsAreKeptInTheOrderOfTheirTimes() {
        DrillOutcome first = drill(1000, true);
        DrillOutcome second = drill(20_000_000_000L, false);
        drills.add(second);
        drills.add(first);

        assertThat(fresh().all()).containsExactly(first, second);
        assertThat(fresh().newestPassed()).contains(first);
    }

    @Test
    void whereNonePassedThereIsNone() {
        assertThat(drills.newestPassed()).isEmpty();
        drills.add(drill(1, false));
        assertThat(drills.newestPassed()).isEmpty();
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        for (int i = 1; i <= DrillLog.KEPT + 3; i++) {
            drills.add(drill(i, true));
        }

        assertThat(fresh().all())
                .hasSize(DrillLog.KEPT)
                .first()
                .extracting(DrillOutcome::begunAtMillis)
                .isEqualTo(4L);
    }

    @Test
    void whatIsDamagedOrOfANewerVersionIsNamed() {
        assertRefused("{\"version\": 1, \"drill\": {", ErrorCode.CORRUPT);
        assertRefused("{\"version\": 1, \"drill\": {\"backup\": 1}}", ErrorCode.CORRUPT);
        assertRefused("{\"version\": 1}", ErrorCode.CORRUPT);
        assertRefused("", ErrorCode.CORRUPT);
        assertRefused("{\"version\": 2, \"practice\": {}}", ErrorCode.UNSUPPORTED_VERSION);
    }

    private void assertRefused(String text, ErrorCode code) {
        String name = "drills/0000000000001-0000000001";
        objects.delete(name);
        objects.create(name, text.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> fresh().all())
                .isInstanceOfSatisfying(
                        TideScopeException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(name);
    }

    private DrillLog fresh() {
        return new Archive(objects).drills();
    }

    private static DrillOutcome drill(long begun, boolean passed) {
        return new DrillOutcome(
                begun,
                7,
                passed,
                passed ? 5L : null,
                6L,
                1,
                2,
                3,
                4,
                5,
                6,
                1,
                List.of(new RefAhead("acme/shop", "refs/heads/main", 3)),
                passed ? 0 : 1,
                passed ? List.of() : List.of("it is damaged"));
    }
}
