package io.tidescope.app.fault;

import io.tidescope.testing.fault.FaultKind;
import io.tidescope.testing.fault.Scenario;
import io.tidescope.testing.fault.Violation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A scenario that was played, and what came of it.
 *
 * @param recovery from the end of the last fault until the last push was visible and every process
 *     was ready
 * @param revived processes that ended by themselves, and were started again
 */
record Played(
        Scenario scenario,
        Duration recovery,
        Duration took,
        List<String> revived,
        List<Violation> violations) {
    /** One thing that is wrong is wrong in many answers. */
    private static final int SHOWN = 12;

    Set<FaultKind> kinds() {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        scenario.steps().forEach(step -> kinds.add(FaultKind.of(step.fault())));
        return kinds;
    }

    /** In words, a line for each step and each violation. */
    String describe() {
        StringBuilder text = new StringBuilder();
        text.append(
                "seed %d: %s, recovered in %.1f s, took %.1f s%s%n"
                        .formatted(
                                scenario.seed(),
                                violations.isEmpty() ? "held" : "VIOLATED",
                                recovery.toMillis() / 1000.0,
                                took.toMillis() / 1000.0,
                                revived.isEmpty() ? "" : ", ended by themselves: " + revived));
        scenario.steps()
                .forEach(
                        step ->
                                text.append(
                                        "    +%d ms %s%n"
                                                .formatted(step.pause().toMillis(), step.fault())));
        violations.stream()
                .limit(SHOWN)
                .forEach(violation -> text.append("    !! ").append(violation).append('\n'));
        if (violations.size() > SHOWN) {
            text.append("    !! and %d more%n".formatted(violations.size() - SHOWN));
        }
        return text.toString();
    }
}
