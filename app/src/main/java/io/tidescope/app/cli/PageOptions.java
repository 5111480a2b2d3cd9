package io.tidescope.app.cli;

import picocli.CommandLine.Option;

import java.util.HashMap;
import java.util.Map;

/** What every list takes: how much, and from where. */
final class PageOptions {
    @Option(names = "--limit", defaultValue = "", description = "At most so many.")
    private String limit = "";

    @Option(names = "--cursor", defaultValue = "", description = "Continue a list from here.")
    private String cursor = "";

    Map<String, String> parameters() {
        return Map.of("limit", limit, "cursor", cursor);
    }

    Map<String, String> and(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(parameters());
        all.putAll(others);
        return all;
    }
}
