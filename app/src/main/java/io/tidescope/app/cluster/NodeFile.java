package io.tidescope.app.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration file of a process that this one starts, as it is put together. */
final class NodeFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Map<String, Object> settings = new LinkedHashMap<>();

    /** Sets a value by the key of its setting. */
    @SuppressWarnings("unchecked") // groups are maps, put there by this method alone
    NodeFile set(String key, Object value) {
        Map<String, Object> group = settings;
        int from = 0;
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', from)) {
            group =
                    (Map<String, Object>)
                            group.computeIfAbsent(
                                    key.substring(from, dot), name -> new LinkedHashMap<>());
            from = dot + 1;
        }
        group.put(key.substring(from), value);
        return this;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, YAML.writeValueAsString(settings));
    }
}
