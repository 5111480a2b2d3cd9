package io.tidescope.app.cli;

import picocli.CommandLine.Option;

import java.util.HashMap;
import java.util.Map;

/** How new the index must be for an answer. */
final class FreshnessOptions {
    @Option(
            names = "--min-revision",
            defaultValue = "",
            description = "Wait until this commit ([REPOSITORY@]COMMIT) is indexed.")
    private String minRevision = "";

    @Option(names = "--wait", defaultValue = "", description = "How long, such as 500ms or 5s.")
    private String wait = "";

    Map<String, String> and(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("min_revision", minRevision);
        all.put("wait", wait);
        return all;
    }
}
