package io.tidescope.app.cli;

import io.tidescope.app.config.Role;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How this process runs Java, to run it again for its children. */
final class JavaCommand {
    private JavaCommand() {}

    /**
     * Collectors, the compilers, the layout of objects, the AOT cache and what native code needs.
     */
    private static final Pattern PASSED_ON =
            Pattern.compile(
                    "-XX:\\+Use\\w+GC|-XX:[+-]DontCompileHugeMethods|-XX:InlineSmallCode=.*"
                            + "|-XX:[+-]UseCompactObjectHeaders|-XX:TieredStopAtLevel=.*"
                            + "|-XX:AOTCache=.*|-Xlog:aot\\*=off|--enable-native-access=.*"
                            + "|--sun-misc-unsafe-memory-access=.*");

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

    private static final Pattern AOT_CACHE =
            Pattern.compile("(?<use>-XX:AOTCache(Output)?=)(?<directory>.*/)?[^/]+");

    private static final String BROKER_CACHE = "broker.aot";

    private static final String COMMAND_PROPERTY = "tidescope.command";

    /** How the user called TideScope, as far as the launcher said. */
    static String asTyped() {
        return System.getProperty(COMMAND_PROPERTY, "tidescope");
    }

    /**
     * The command line up to TideScope's own arguments, for a role: the JVM is set up as this one
     * is where that is of use to a role. Heap, agents, files to write and ports are each process's
     * own.
     */
    static List<String> forRole(Role role) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(passedOn(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.add(
                switch (role) {
                    case PARSER, STORE -> "-Xmx640m";
                    case ARCHIVER -> "-Xmx512m";
                    case INGEST, GATEWAY -> "-Xmx384m";
                    case REGISTRY -> "-Xmx128m";
                });
        if (role == Role.GATEWAY) {
            // What it keeps is little beside what its answers pass through, and each collection of
            // that is a pause: of one thread that copies little, not of several that wait for each
            // other on processors they share with all other roles.
            command.removeIf(option -> COLLECTOR.matcher(option).matches());
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:NewRatio=1"));
            // What outlives two collections is kept in the cache: copied no more often than that.
            command.add("-XX:MaxTenuringThreshold=2");
        }
        if (role == Role.STORE || role == Role.GATEWAY) {
            // Started again they do more than without memory; parser and ingest take that for the
            // file's or the repository's, and go on with the next.
            command.add("-XX:+ExitOnOutOfMemoryError");
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "io.tidescope.app.Main"));
        return command;
    }

    static List<String> passedOn(List<String> options) {
        return options.stream().filter(option -> PASSED_ON.matcher(option).matches()).toList();
    }

    /**
     * The command line up to TideScope's own arguments, for a broker; it uses, or in a rehearsal
     * makes, an AOT cache of its own beside that of this process.
     */
    static List<String> forBroker() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xms64m",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        // The broker moves bytes; what the second compiler would win, its start
                        // would lose.
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(brokerCache(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "io.tidescope.app.Main"));
        return command;
    }

    static List<String> brokerCache(List<String> options) {
        return options.stream()
                .map(AOT_CACHE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                // Its standard output is read by its parent.
                .map(
                        own ->
                                List.of(
                                        own.group("use") + own.group("directory") + BROKER_CACHE,
                                        "-Xlog:aot*=off"))
                .orElse(List.of());
    }
}
