package io.tidescope.app.cli;

import picocli.CommandLine.Option;

import java.util.HashMap;
import java.util.Map;

/** What every list takes: how much, from where, and how new. */
final class PageOptions {
    @Option(names = "--limit", defaultValue = "", description = "At most so many.")
    private String limit = "";

    @Option(names = "--cursor", defaultValue = "", description = "Continue a list from here.")
    private String cursor = "";

    @Option(
            names = "--min-revision",
            defaultValue = "",
            description = "Wait until this commit ([REPOSITORY@]COMMIT) is indexed.")
    private String minRevision = "";

    @Option(names = "--wait", defaultValue = "", description = "How long, such as 500ms or 5s.")
    private String wait = "";

    Map<String, String> parameters() {
        return Map.of("limit", limit, "cursor", cursor, "min_revision", minRevision, "wait", wait);
    }

    Map<String, String> and(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(parameters());
        all.putAll(others);
        return all;
    }
}
