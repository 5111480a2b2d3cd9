package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.region.Takeover;
import io.tidescope.recovery.region.FailoverReport;
import io.tidescope.recovery.region.RefAudit;
import io.tidescope.recovery.region.RegionEpoch;
import io.tidescope.recovery.region.RegionEpoch.Phase;
import io.tidescope.schemas.RefKey;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

final class TakeoverViewTest {
    private static final RefKey SHOP = new RefKey("shop", "main");
    private static final RefKey TIDE = new RefKey("tide", "main");

    @Test
    void aFailoverThatBroughtEverythingHasNothingLeftToDo() {
        assertThat(lines(report("west", true, List.of(), List.of()), List.of(), List.of()))
                .containsExactly(
                        "",
                        "now       east publishes since 2026-11-27T12:00:00Z (epoch 4)",
                        "from      west: everything that it published is here",
                        "took      9.0 s until it publishes, 12.5 s in all");
    }

    @Test
    void theFirstOneTakesOverFromNobody() {
        assertThat(lines(report("", true, List.of(), List.of()), List.of(), List.of()))
                .noneMatch(line -> line.startsWith("from"));
    }

    @Test
    void whatIsMissingAndWhatIsLeftToDoIsNamed() {
        FailoverReport report =
                report(
                        "west",
                        false,
                        List.of("shop main: 1 publishes, up to c"),
                        List.of(SHOP, TIDE));

        assertThat(lines(report, List.of("users are not pointed here"), List.of(TIDE)))
                .containsSubsequence(
                        "from      west: not all that it published is here; ingest publishes what"
                                + " git has",
                        "missing   shop main: 1 publishes, up to c",
                        "torn      shop main: published as git has it",
                        "torn      tide main: NOT published again yet",
                        "PROBLEM   users are not pointed here",
                        "The failover stands; what is named above is left to be done.");
    }

    private static List<String> lines(
            FailoverReport report, List<String> problems, List<RefKey> unreconciled) {
        return TakeoverView.lines(
                TakeoverView.of(
                        new Takeover.Outcome(
                                report, problems, unreconciled, Duration.ofMillis(12_500))));
    }

    private static FailoverReport report(
            String from, boolean drained, List<String> missing, List<RefKey> torn) {
        return new FailoverReport(
                new RegionEpoch(
                        4,
                        "east",
                        4,
                        Phase.ACTIVE,
                        null,
                        Instant.parse("2026-11-27T12:00:00Z"),
                        "somebody"),
                from,
                drained,
                missing,
                torn.stream().map(ref -> new RefAudit(ref, null, 0, new TreeMap<>(), 1)).toList(),
                Duration.ofSeconds(9));
    }
}
