package io.tidescope.app.cli;

import java.nio.file.Path;
import java.util.List;

/** How this process runs Java, to run it again for the broker. */
final class JavaCommand {
    private JavaCommand() {}

    /** The command line up to TideScope's own arguments. */
    static List<String> forBroker() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tidescope.app.Main");
    }
}
