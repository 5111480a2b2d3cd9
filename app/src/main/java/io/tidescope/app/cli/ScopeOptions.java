package io.tidescope.app.cli;

import picocli.CommandLine.Option;

import java.util.HashMap;
import java.util.Map;

/** Where a search looks: everywhere, unless told otherwise. */
final class ScopeOptions {
    @Option(names = "--repository", defaultValue = "", description = "Only this one.")
    private String repository = "";

    @Option(
            names = "--ref",
            defaultValue = "",
            description = "Only this ref or branch; '*' for all.")
    private String ref = "";

    Map<String, String> parameters() {
        return and(Map.of());
    }

    Map<String, String> and(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("repository", repository);
        all.put("ref", ref);
        return all;
    }
}
