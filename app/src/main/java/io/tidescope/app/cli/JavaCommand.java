package io.tidescope.app.cli;

import java.nio.file.Path;
import java.util.List;

/** How this process runs Java, to run it again for the broker. */
final class JavaCommand {
    private JavaCommand() {}

    private static final String COMMAND_PROPERTY = "tidescope.command";

    /** How the user called TideScope, as far as the launcher said. */
    static String asTyped() {
        return System.getProperty(COMMAND_PROPERTY, "tidescope");
    }

    /** The command line up to TideScope's own arguments. */
    static List<String> forBroker() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // The broker moves bytes; what the second compiler would win, its start would lose.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tidescope.app.Main");
    }
}
