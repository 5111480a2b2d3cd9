package io.tidescope.app.config;

import io.tidescope.query.request.NearestName;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a configuration says, by the keys of settings; what no setting is called is a problem. */
final class Written {
    /** Of the launcher. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of(
                    "TIDESCOPE_BUILD",
                    "TIDESCOPE_EPOCH",
                    "TIDESCOPE_JAVA_OPTS",
                    "TIDESCOPE_KAFKA_LIBS",
                    "TIDESCOPE_REGION",
                    "TIDESCOPE_TOKEN");

    private final Map<String, Setting<?>> settings = new HashMap<>();
    private final Map<String, RawValue> values = new HashMap<>();
    private final Problems problems;

    Written(List<Setting<?>> known, Problems problems) {
        known.forEach(setting -> settings.put(setting.key(), setting));
        this.problems = problems;
    }

    Map<String, RawValue> values() {
        return values;
    }

    /** Adds what a file says. */
    void addFile(RawValue.Mapped file) {
        addGroup("", file, new HashSet<>());
    }

    private void addGroup(String prefix, RawValue.Mapped group, Set<String> seen) {
        for (RawValue.Entry entry : group.entries()) {
            String key = prefix + entry.key();
            RawValue value = entry.value();
            Setting<?> setting = settings.get(key);
            if (setting == null && !isGroup(key)) {
                problems.add(
                        "%s (%s) is not a setting%s".formatted(key, value.place(), meant(key)));
            } else if (!seen.add(key)) {
                problems.add("%s (%s) is there twice".formatted(key, value.place()));
            } else if (setting == null) {
                switch (value) {
                    case RawValue.Mapped inner -> addGroup(key + ".", inner, seen);
                    case RawValue.Scalar scalar when scalar.text().isEmpty() -> {}
                    case RawValue.Scalar scalar ->
                            problems.notAllowed(key, value, "a mapping of settings");
                    case RawValue.Listed list ->
                            problems.notAllowed(key, value, "a mapping of settings");
                }
            } else if (setting.secret()) {
                problems.add(
                        "%s (%s) is a secret, which does not belong here; put it into the file of %s or the environment variable %s"
                                .formatted(
                                        key, value.place(), setting.fileKey(), setting.variable()));
            } else {
                values.put(key, value);
            }
        }
    }

    private boolean isGroup(String key) {
        return settings.keySet().stream().anyMatch(setting -> setting.startsWith(key + "."));
    }

    private String meant(String key) {
        return NearestName.of(key, settings.keySet())
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** Adds what environment variables say; they win over a file. */
    void addEnvironment(Map<String, String> environment) {
        Map<String, Setting<?>> byVariable = new HashMap<>();
        settings.values().forEach(setting -> byVariable.put(setting.variable(), setting));
        new TreeMap<>(environment)
                .forEach(
                        (variable, text) -> {
                            Setting<?> setting = byVariable.get(variable);
                            if (setting != null) {
                                values.put(
                                        setting.key(),
                                        new RawValue.Scalar(
                                                text, "environment variable " + variable));
                            } else if (variable.startsWith(Setting.VARIABLES)
                                    && !OTHER_VARIABLES.contains(variable)) {
                                problems.add(
                                        "the environment variable %s is not a setting's; unset it (in Kubernetes, services of that name set such: enableServiceLinks: false)"
                                                .formatted(variable));
                            }
                        });
    }
}
