package io.tidescope.app.cli;

import io.tidescope.app.client.Columns;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.archive.RefAhead;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows what became of drills. */
final class DrillView {
    private static final String NOTHING = "-";

    private DrillView() {}

    static List<String> lines(DrillOutcome drill) {
        List<String> lines = new ArrayList<>();
        lines.add("backup           %d".formatted(drill.backup()));
        lines.add(
                "restored         %s, %s, %s; %s"
                        .formatted(
                                Quantity.of(drill.refs(), "ref"),
                                Quantity.of(drill.changes(), "change"),
                                Quantity.of(drill.documents(), "document"),
                                Quantity.bytes(drill.bytes())));
        lines.add("recovery time    " + seconds(drill.recoveryMillis()));
        lines.add("recovery point   " + seconds(drill.pointMillis()));
        for (RefAhead ahead : drill.ahead()) {
            lines.add(
                    "live is ahead    %s, %s: publishes %s"
                            .formatted(
                                    ahead.repository(),
                                    ahead.ref(),
                                    Quantity.count(ahead.publishes())));
        }
        more(lines, drill.refsAhead() - drill.ahead().size(), "ref");
        lines.add(
                "compared         %s, %s with the live index"
                        .formatted(
                                Quantity.of(drill.comparedFiles(), "file"),
                                Quantity.of(drill.comparedDocuments(), "document")));
        lines.addAll(drill.problems());
        more(lines, drill.problemCount() - drill.problems().size(), "problem");
        lines.add(
                drill.passed()
                        ? "passed: all of it was restored, as the backup and the live index have it"
                        : "NOT PASSED: " + Quantity.of(drill.problemCount(), "problem"));
        return lines;
    }

    private static void more(List<String> lines, long count, String what) {
        if (count > 0) {
            lines.add("and %s".formatted(Quantity.of(count, "more " + what)));
        }
    }

    static List<String> list(List<DrillOutcome> drills) {
        if (drills.isEmpty()) {
            return List.of("no drills yet");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TIME", "BACKUP", "PASSED", "RECOVERY TIME", "RECOVERY POINT", "PROBLEM"));
        for (DrillOutcome drill : drills) {
            rows.add(
                    List.of(
                            drill.begunAt().toString(),
                            Long.toString(drill.backup()),
                            drill.passed() ? "yes" : "NO",
                            seconds(drill.recoveryMillis()),
                            seconds(drill.pointMillis()),
                            drill.problems().isEmpty()
                                    ? NOTHING
                                    : drill.problems().getFirst().lines().findFirst().orElse("")));
        }
        return Columns.of(rows);
    }

    private static String seconds(@Nullable Long millis) {
        return millis == null ? NOTHING : Quantity.seconds(Duration.ofMillis(millis));
    }
}
