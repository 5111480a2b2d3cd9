package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.archive.RefAhead;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

final class DrillViewTest {
    private static final long BEGUN = Instant.parse("2026-11-27T03:00:00Z").toEpochMilli();

    private static final DrillOutcome PASSED =
            new DrillOutcome(
                    BEGUN,
                    12,
                    true,
                    61_500L,
                    1_800_000L,
                    2,
                    1_000,
                    900,
                    2048,
                    800,
                    790,
                    3,
                    List.of(new RefAhead("acme/shop", "refs/heads/main", 2)),
                    0,
                    List.of());

    private static final DrillOutcome FAILED =
            new DrillOutcome(
                    BEGUN + 60_000,
                    13,
                    false,
                    null,
                    null,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    List.of(),
                    25,
                    List.of("Backup 13 cannot be restored:\n  Object tail/x is missing"));

    @Test
    void aDrillThatPassedTellsTimeAndPoint() {
        assertThat(DrillView.lines(PASSED))
                .contains(
                        "backup           12",
                        "restored         2 refs, 1,000 changes, 900 documents; 2.0 KiB",
                        "recovery time    61.5 s",
                        "recovery point   1,800.0 s",
                        "live is ahead    acme/shop, refs/heads/main: publishes 2",
                        "and 2 more refs",
                        "compared         800 files, 790 documents with the live index")
                .last()
                .asString()
                .startsWith("passed: ");
    }

    @Test
    void oneThatDidNotTellsWhatIsWrongAndHowMuch() {
        assertThat(DrillView.lines(FAILED))
                .contains(
                        "recovery time    -",
                        "recovery point   -",
                        "Backup 13 cannot be restored:\n  Object tail/x is missing",
                        "and 24 more problems")
                .last()
                .isEqualTo("NOT PASSED: 25 problems");
    }

    @Test
    void drillsAreListedWithTheirFirstProblem() {
        List<String> lines = DrillView.list(List.of(PASSED, FAILED));

        assertThat(lines.get(1)).matches("2026-11-27T03:00:00Z +12 +yes +61\\.5 s +1,800\\.0 s +-");
        assertThat(lines.get(2))
                .matches("2026-11-27T03:01:00Z +13 +NO +- +- +Backup 13 cannot be restored:");
        assertThat(DrillView.list(List.of())).containsExactly("no drills yet");
    }
}
