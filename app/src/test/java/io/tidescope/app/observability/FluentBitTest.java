package io.tidescope.app.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configuration of Fluent Bit, as far as it can be held against itself and our logs. */
class FluentBitTest {
    private static final Path FILE = Path.of("../observability/fluent-bit/fluent-bit.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    /** What each plugin that is used may be told, of Fluent Bit's manual. */
    private static final Map<String, Set<String>> KNOWN =
            Map.of(
                    "tail",
                    Set.of(
                            "tag",
                            "path",
                            "multiline.parser",
                            "db",
                            "storage.type",
                            "mem_buf_limit",
                            "skip_long_lines",
                            "refresh_interval"),
                    "parser",
                    Set.of("match", "key_name", "parser", "reserve_data"),
                    "nest",
                    Set.of("match", "operation", "nested_under"),
                    "record_modifier",
                    Set.of("match", "record", "remove_key"),
                    "es",
                    Set.of(
                            "match",
                            "host",
                            "port",
                            "tls",
                            "tls.verify",
                            "http_user",
                            "http_passwd",
                            "logstash_format",
                            "logstash_prefix",
                            "include_tag_key",
                            "suppress_type_name",
                            "generate_id",
                            "trace_error",
                            "retry_limit",
                            "storage.total_limit_size"));

    private final String text = read();
    private final Map<String, Object> configuration = parse(text);

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> parse(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).load(text);
    }

    @Test
    void everyPluginIsToldWhatItKnows() {
        assertThat(configuration).containsOnlyKeys("service", "parsers", "pipeline");
        assertThat(map(configuration, "pipeline")).containsOnlyKeys("inputs", "filters", "outputs");
        assertThat(plugins())
                .allSatisfy(
                        plugin -> {
                            Set<String> told = new TreeSet<>(plugin.keySet());
                            told.remove("name");
                            assertThat(KNOWN).containsKey(String.valueOf(plugin.get("name")));
                            assertThat(KNOWN.get(String.valueOf(plugin.get("name"))))
                                    .containsAll(told);
                        });
    }

    @Test
    void whatIsReadIsWhatIsSent() {
        String tag = String.valueOf(list("inputs").getFirst().get("tag"));
        assertThat(Stream.concat(list("filters").stream(), list("outputs").stream()))
                .extracting(plugin -> plugin.get("match"))
                .containsOnly(tag);
        assertThat(list("filters").getFirst().get("parser"))
                .isEqualTo(entries(configuration, "parsers").getFirst().get("name"));
    }

    @Test
    void whereItGoesAndWhoSendsItIsInTheEnvironmentAlone() {
        Map<String, Object> output = list("outputs").getFirst();
        for (String key : List.of("host", "port", "tls", "http_user", "http_passwd")) {
            assertThat(String.valueOf(output.get(key))).as(key).matches(VARIABLE);
        }
        Matcher used = VARIABLE.matcher(text);
        while (used.find()) {
            assertThat(text.substring(0, text.indexOf("service:")))
                    .as("what the file says of its environment")
                    .contains(used.group(1));
        }
    }

    private List<Map<String, Object>> plugins() {
        return Stream.of("inputs", "filters", "outputs")
                .flatMap(section -> list(section).stream())
                .toList();
    }

    private List<Map<String, Object>> list(String section) {
        return entries(map(configuration, "pipeline"), section);
    }

    @SuppressWarnings("unchecked") // as YAML is read
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(key), key);
    }

    @SuppressWarnings("unchecked") // as YAML is read
    private static List<Map<String, Object>> entries(Map<String, Object> of, String key) {
        return (List<Map<String, Object>>) Objects.requireNonNull(of.get(key), key);
    }
}
