package io.tidescope.app.cli;

import picocli.CommandLine.Option;

import java.util.HashMap;
import java.util.Map;

/** How new the index must be for an answer, and who may give it. */
final class FreshnessOptions {
    @Option(
            names = "--min-revision",
            defaultValue = "",
            description = "Wait until this commit ([REPOSITORY@]COMMIT) is indexed.")
    private String minRevision = "";

    @Option(names = "--wait", defaultValue = "", description = "How long, such as 500ms or 5s.")
    private String wait = "";

    @Option(
            names = "--consistency",
            defaultValue = "",
            description =
                    "strong: only the node that a partition is assigned to may answer; available"
                            + " (the default): a standby too, when that one is gone or slow.")
    private String consistency = "";

    Map<String, String> and(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("min_revision", minRevision);
        all.put("wait", wait);
        all.put("consistency", consistency);
        return all;
    }
}
