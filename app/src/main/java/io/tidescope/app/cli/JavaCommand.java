package io.tidescope.app.cli;

import io.tidescope.app.config.Role;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this process runs Java, to run it again for its children. */
final class JavaCommand {
    private JavaCommand() {}

    private static final String COMMAND_PROPERTY = "tidescope.command";

    /** How the user called TideScope, as far as the launcher said. */
    static String asTyped() {
        return System.getProperty(COMMAND_PROPERTY, "tidescope");
    }

    /**
     * The command line up to TideScope's own arguments, for a role: the JVM is set up as this one
     * is, but for the heap.
     */
    static List<String> forRole(Role role) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-Xmx") && !option.startsWith("-Xms")) {
                command.add(option);
            }
        }
        command.add(
                switch (role) {
                    case PARSER, STORE -> "-Xmx640m";
                    case INGEST, GATEWAY -> "-Xmx384m";
                    case REGISTRY -> "-Xmx128m";
                });
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "io.tidescope.app.Main"));
        return command;
    }

    /** The command line up to TideScope's own arguments, for a broker. */
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
