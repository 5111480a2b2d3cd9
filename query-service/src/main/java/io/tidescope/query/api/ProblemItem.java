package io.tidescope.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.tree.LineIndex;

import org.jspecify.annotations.Nullable;

/**
 * A problem of a document's parse as it is written.
 *
 * @param range where; left out when it is about the whole file
 */
public record ProblemItem(
        String code,
        String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SourceRange range) {
    /**
     * @param lines of the source that the problem is in
     */
    public static ProblemItem of(ParseProblem problem, LineIndex lines, int sourceBytes) {
        boolean placed = problem.getStart() >= 0 && problem.getEnd() <= sourceBytes;
        return new ProblemItem(
                problem.getCode(),
                problem.getMessage(),
                placed
                        ? SourceRange.of(
                                lines,
                                problem.getStart(),
                                Math.max(problem.getStart(), problem.getEnd()))
                        : null);
    }
}
