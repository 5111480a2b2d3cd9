package io.tidescope.app.cli;

import picocli.CommandLine.Option;

import java.util.HashMap;
import java.util.Map;

/** How much of a list that has one page. */
final class LimitOption {
    @Option(names = "--limit", defaultValue = "", description = "At most so many.")
    private String limit = "";

    Map<String, String> and(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("limit", limit);
        return all;
    }
}
