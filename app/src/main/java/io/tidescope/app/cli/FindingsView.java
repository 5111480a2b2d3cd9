package io.tidescope.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.app.check.Finding;
import io.tidescope.app.check.Finding.Outcome;

import picocli.CommandLine;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows what looks at an installation found, each as soon as it is known. */
final class FindingsView {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "Show all of it as JSON, at the end.")
    private boolean json;

    void show(PrintWriter out, Finding finding) {
        if (json) {
            return;
        }
        String mark =
                switch (finding.outcome()) {
                    case OK -> "ok";
                    case WARNING -> "warning";
                    case FAILED -> "FAILED";
                };
        String detail = finding.detail().replace("\n", "\n" + " ".repeat(10));
        out.printf(Locale.ROOT, "%-8s  %s: %s%n", mark, finding.subject(), detail);
        out.flush();
    }

    /** Ends the report; the exit code says whether anything does not work. */
    int end(PrintWriter out, List<Finding> findings) throws JsonProcessingException {
        long failed = count(findings, Outcome.FAILED);
        long warnings = count(findings, Outcome.WARNING);
        if (json) {
            out.println(
                    JSON.writeValueAsString(Map.of("passed", failed == 0, "findings", findings)));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%n%d looked at, %d failed, %d warnings%n",
                    findings.size(),
                    failed,
                    warnings);
        }
        out.flush();
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static long count(List<Finding> findings, Outcome outcome) {
        return findings.stream().filter(it -> it.outcome() == outcome).count();
    }
}
