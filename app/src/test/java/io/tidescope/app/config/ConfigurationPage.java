package io.tidescope.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/configuration.md}, made from the settings. */
final class ConfigurationPage {
    private static final String HEAD =
            """
            # Configuration

            A role is configured by one YAML file, `tidescope ROLE --config FILE`, by environment variables, or by
            both; then the environment wins. A setting `kafka.sasl.username` stands in the file as

            ```yaml
            kafka:
              sasl:
                username: tidescope
            ```

            and is the environment variable `TIDESCOPE_KAFKA_SASL_USERNAME`: dots and dashes become underscores. A
            list is one text joined by commas there. All roles of a deployment may share a file: what another role
            uses is checked and not used.

            Nothing is guessed: keys that are no settings, keys that come twice and values that are not allowed
            are refused at the start, all at once. Durations are written `500ms`, `10s`, `2m`, `1h`; sizes `64KiB`,
            `384MiB`, `4GiB`.

            Secrets stand in no configuration file: each is an environment variable or a file of its own, named by the
            setting that ends in `-file`. They are never printed.

            There is an example for each role in [examples](examples).

            | setting | used by | allowed | default | is |
            |---|---|---|---|---|
            """;

    private ConfigurationPage() {}

    static String text() {
        return HEAD
                + Settings.all().stream().map(ConfigurationPage::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        String standard =
                setting.required()
                        ? "must be set"
                        : setting.standard() == null
                                ? "–"
                                : setting.standard().isEmpty()
                                        ? "empty"
                                        : "`" + setting.standard() + "`";
        String name = setting.secret() ? "`" + setting.variable() + "`" : "`" + setting.key() + "`";
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        name,
                        roles(setting),
                        setting.form().allowed().replace("|", "\\|"),
                        standard,
                        setting.meaning())
                .replace(System.lineSeparator(), "\n");
    }

    private static String roles(Setting<?> setting) {
        List<Role> roles = setting.roles().stream().sorted(Comparator.naturalOrder()).toList();
        if (roles.isEmpty()) {
            return "`tidescope region`";
        }
        return roles.size() == Role.values().length
                ? "all"
                : roles.stream().map(Role::command).collect(Collectors.joining(", "));
    }
}
