package io.tidescope.app.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.tidescope.testing.TideScopeProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What dashboards and alerts of this repository ask Prometheus. */
final class Expressions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Expressions() {}

    /**
     * One of them.
     *
     * @param where file and panel, or the name of the alert
     */
    record Expression(String where, String text) {}

    /** An alert, with the expression that it is about and without the limit that it must pass. */
    record Alert(String name, Expression measured) {}

    static Path directory() {
        return Path.of(System.getProperty(TideScopeProcess.LAUNCHER_PROPERTY))
                .resolveSibling("observability");
    }

    static Path rules() {
        return directory().resolve("prometheus/rules/tidescope.yml");
    }

    static List<Alert> alerts() throws IOException {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode group : YAML.readTree(rules().toFile()).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                String name = rule.path("alert").asText();
                String text = rule.path("expr").asText();
                int limit = Math.max(text.lastIndexOf(" > "), text.lastIndexOf(" < "));
                if (limit < 0 || !text.substring(limit + 3).matches("[0-9.e]+")) {
                    throw new IOException(name + " does not end with a limit: " + text);
                }
                alerts.add(new Alert(name, new Expression(name, text.substring(0, limit))));
            }
        }
        return alerts;
    }

    /** Of all panels of all dashboards, with an interval in place of Grafana's variable. */
    static List<Expression> panels() throws IOException {
        List<Expression> panels = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory().resolve("grafana/dashboards"))) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode panel : JSON.readTree(file.toFile()).path("panels")) {
                    String where = file.getFileName() + ", " + panel.path("title").asText();
                    for (JsonNode target : panel.path("targets")) {
                        String text = target.path("expr").asText();
                        panels.add(new Expression(where, text.replace("$__rate_interval", "30s")));
                    }
                }
            }
        }
        return panels;
    }
}
