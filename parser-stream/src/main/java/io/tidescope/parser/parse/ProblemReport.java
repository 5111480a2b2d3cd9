package io.tidescope.parser.parse;

import com.github.javaparser.ParseException;
import com.github.javaparser.Range;
import com.github.javaparser.TokenMgrException;
import com.github.javaparser.TokenRange;

import io.tidescope.tree.LineIndex;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What JavaParser reports, as our {@link Problem}s. */
final class ProblemReport {
    private static final int LONGEST_MESSAGE = 160;

    private static final Pattern LEXICAL =
            Pattern.compile(
                    "Lexical error at line (\\d{1,9}), column (\\d{1,9})\\..*", Pattern.DOTALL);

    private ProblemReport() {}

    static Problem of(
            com.github.javaparser.Problem problem, SourcePositions positions, LineIndex lines) {
        String message = oneLine(problem.getMessage());
        Range range = problem.getLocation().flatMap(TokenRange::toRange).orElse(null);
        if (range != null) {
            int start = positions.start(range.begin);
            int end = positions.end(range.end);
            return start >= 0 && end > start
                    ? new Problem(Problem.SYNTAX, message, start, end)
                    : new Problem(Problem.SYNTAX, message, -1, -1);
        }
        Matcher lexical = LEXICAL.matcher(problem.getMessage());
        if (lexical.matches()) {
            int line = Integer.parseInt(lexical.group(1));
            if (line >= 1 && line <= lines.lineCount()) {
                int start = lines.offset(line, Integer.parseInt(lexical.group(2)));
                int end = Math.min(start + 1, lines.lineEnd(lines.lineCount()));
                return new Problem(Problem.SYNTAX, message, start, end);
            }
        }
        return new Problem(Problem.SYNTAX, message, -1, -1);
    }

    /** Whether JavaParser fell over a file instead of refusing it. */
    static boolean isCrash(List<com.github.javaparser.Problem> problems) {
        return problems.stream()
                .flatMap(problem -> problem.getCause().stream())
                .anyMatch(
                        cause ->
                                !(cause instanceof ParseException)
                                        && !(cause instanceof TokenMgrException));
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        if (line.length() <= LONGEST_MESSAGE) {
            return line;
        }
        int end = line.lastIndexOf(' ', LONGEST_MESSAGE);
        return line.substring(0, end > 0 ? end : LONGEST_MESSAGE) + " …";
    }
}
