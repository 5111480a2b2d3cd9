package io.tidescope.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What every process has: a name, its health and a log. */
final class NodeKeys {
    /** Bounds of how long a node that vanished may keep its partitions. */
    static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);

    static final Duration LONGEST_SESSION = Duration.ofMinutes(30);

    static final SettingGroup GROUP = new SettingGroup(Role.values());

    static final Setting<String> NODE_ID =
            GROUP.required(
                    "node.id",
                    ScalarForm.text(
                            "1 to 100 letters, digits, dots, dashes and underscores",
                            "[A-Za-z0-9._-]{1,100}"),
                    Set.of(Role.PARSER, Role.STORE),
                    "Name of the node among those of its role, the same after every" + " restart.");
    static final Setting<Duration> PATIENCE =
            GROUP.of(
                    "start.patience",
                    ScalarForm.duration(Duration.ZERO, Duration.ofHours(1)),
                    "0s",
                    "How long a role that starts waits for brokers, topics and a registry that are"
                            + " not there yet, before it ends and says what is missing.");
    static final Setting<String> ADMIN_HOST =
            GROUP.of(
                    "admin.host",
                    ScalarForm.host(),
                    "127.0.0.1",
                    "Interface for health and metrics; `0.0.0.0` for all.");
    static final Setting<Integer> ADMIN_PORT =
            GROUP.optional(
                    "admin.port",
                    ScalarForm.port(),
                    "Port for health and metrics, 0 for any; when not set " + adminPorts() + ".");
    static final Setting<LogConfiguration.Format> LOG_FORMAT =
            GROUP.of(
                    "log.format",
                    ScalarForm.choice(
                            LogConfiguration.Format.class,
                            format -> format.name().toLowerCase(Locale.ROOT)),
                    "text",
                    "How the log on standard error is written.");
    static final Setting<Path> LOG_FILE =
            GROUP.optional(
                    "log.file",
                    PathForm.newFile(),
                    "A file for the log instead, as text; rolled at 20 MB, three kept.");

    private NodeKeys() {}

    private static String adminPorts() {
        List<String> ports = new ArrayList<>();
        for (Role role : Role.values()) {
            ports.add(role.adminPort() + " for " + role.command());
        }
        return String.join(", ", ports);
    }
}
