package io.tidescope.app.cli;

import io.tidescope.app.region.Takeover;
import io.tidescope.recovery.region.FailoverReport;
import io.tidescope.recovery.region.RefAudit;
import io.tidescope.schemas.RefKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows what a region has taken over. */
final class TakeoverView {
    private TakeoverView() {}

    /**
     * What it came to.
     *
     * @param from the region that published before; empty when none ever did
     * @param drained whether everything that was published there is here
     * @param missing what is known to be missing, a line for each ref
     * @param torn repository and ref of what publishers publish as git has it
     * @param unreconciled those of them of which that was not seen
     * @param problems what is left to be done
     * @param publishingMillis from the first step until this region publishes
     * @param millis with all that was waited for
     */
    record Result(
            RegionStatusView.Epoch epoch,
            String from,
            boolean drained,
            List<String> missing,
            List<String> torn,
            List<String> unreconciled,
            List<String> problems,
            long publishingMillis,
            long millis) {}

    static Result of(Takeover.Outcome outcome) {
        FailoverReport report = outcome.failover();
        return new Result(
                RegionStatusView.Epoch.of(report.epoch()),
                report.from(),
                report.drained(),
                report.missing(),
                report.torn().stream().map(RefAudit::ref).map(TakeoverView::name).toList(),
                outcome.unreconciled().stream().map(TakeoverView::name).toList(),
                outcome.problems(),
                report.took().toMillis(),
                outcome.took().toMillis());
    }

    private static String name(RefKey ref) {
        return ref.repository() + " " + ref.ref();
    }

    static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("now       " + result.epoch().says());
        if (!result.from().isEmpty()) {
            lines.add("from      %s: %s".formatted(result.from(), brought(result)));
        }
        result.missing().forEach(each -> lines.add("missing   " + each));
        result.torn()
                .forEach(
                        each ->
                                lines.add(
                                        "torn      %s: %s"
                                                .formatted(
                                                        each,
                                                        result.unreconciled().contains(each)
                                                                ? "NOT published again yet"
                                                                : "published as git has it")));
        lines.add(
                "took      %s until it publishes, %s in all"
                        .formatted(
                                Quantity.seconds(Duration.ofMillis(result.publishingMillis())),
                                Quantity.seconds(Duration.ofMillis(result.millis()))));
        result.problems().forEach(each -> lines.add("PROBLEM   " + each));
        if (!result.problems().isEmpty()) {
            lines.add("The failover stands; what is named above is left to be done.");
        }
        return lines;
    }

    private static String brought(Result result) {
        if (result.drained()) {
            return "everything that it published is here";
        }
        return result.missing().isEmpty()
                ? "what it published last may not be here; ingest publishes what git has"
                : "not all that it published is here; ingest publishes what git has";
    }
}
