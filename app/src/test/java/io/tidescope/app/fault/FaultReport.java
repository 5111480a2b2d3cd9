package io.tidescope.app.fault;

import io.tidescope.testing.fault.FaultKind;

import java.time.Duration;
import java.util.List;

/** Scenarios that were played, by the kinds of faults they had. */
final class FaultReport {
    private FaultReport() {}

    /** A table, with a line for each kind that there was and one for all. */
    static String of(List<Played> played) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%-14s %9s %10s %16s %13s%n"
                        .formatted("kind", "scenarios", "violations", "recovery median", "max"));
        for (FaultKind kind : FaultKind.values()) {
            List<Played> with =
                    played.stream().filter(each -> each.kinds().contains(kind)).toList();
            if (!with.isEmpty()) {
                text.append(line(kind.name(), with));
            }
        }
        return text.append(line("all", played)).toString();
    }

    private static String line(String name, List<Played> played) {
        List<Duration> recoveries = played.stream().map(Played::recovery).sorted().toList();
        return "%-14s %9d %10d %14.1f s %11.1f s%n"
                .formatted(
                        name,
                        played.size(),
                        played.stream().mapToInt(each -> each.violations().size()).sum(),
                        seconds(recoveries.get(recoveries.size() / 2)),
                        seconds(recoveries.getLast()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
