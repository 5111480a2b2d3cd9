package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.admin.TrialParser.Trial;
import io.tidescope.query.api.ProblemItem;
import io.tidescope.tree.LineIndex;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * What became of a source, as it is written.
 *
 * @param outcome {@code parsed}, {@code parsed_with_problems} or {@code unparseable}
 * @param nodes of its tree; left out when there is none
 * @param problemCount all of them
 * @param problems the first {@link #MAX_PROBLEMS}
 * @param millis how long it took
 */
record TrialAnswer(
        String outcome,
        String encoding,
        int bytes,
        int lines,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer nodes,
        int problemCount,
        List<ProblemItem> problems,
        double millis) {
    static final int MAX_PROBLEMS = 100;

    private static final double NANOS = 1e6;

    /**
     * @param bytes of the content that was given
     */
    static TrialAnswer of(Trial trial, int bytes, Duration took) {
        LineIndex lines = LineIndex.of(trial.source());
        return new TrialAnswer(
                trial.outcome(),
                trial.encoding(),
                bytes,
                trial.lines(),
                trial.nodes(),
                trial.problems().size(),
                trial.problems().stream()
                        .limit(MAX_PROBLEMS)
                        .map(problem -> ProblemItem.of(problem, lines, trial.source().length))
                        .toList(),
                took.toNanos() / NANOS);
    }
}
