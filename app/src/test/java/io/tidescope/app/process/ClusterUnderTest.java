package io.tidescope.app.process;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.PackagedApplication;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;

/** {@code tidescope cluster up} in a process of its own, and the processes that it starts. */
final class ClusterUnderTest implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(150);

    private final Process process;
    private final Path data;
    private final Path output;

    /** Of all that were seen; one that died and was started again is there twice. */
    private final List<ProcessHandle> children = new ArrayList<>();

    private ClusterUnderTest(Process process, Path data, Path output) {
        this.process = process;
        this.data = data;
        this.output = output;
    }

    /**
     * Starts it on any ports and waits until all of it runs.
     *
     * @param data its data directory, which may hold what an earlier one left
     * @param arguments repositories and options
     */
    static ClusterUnderTest start(Path data, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(PackagedApplication.java());
        command.addAll(List.of("io.tidescope.app.Main", "cluster", "up"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString(), "--port", "0"));
        Path output = data.resolveSibling(data.getFileName() + ".out");
        // What a killed one left there says nothing about this one.
        Files.deleteIfExists(data.resolve("endpoints"));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        ClusterUnderTest cluster = new ClusterUnderTest(builder.start(), data, output);
        try {
            cluster.awaitRunning();
        } catch (AssertionError e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void awaitRunning() {
        Eventually.until(
                LIMIT,
                "all processes run",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended by itself: " + printed());
                    }
                    return Files.exists(data.resolve("endpoints"));
                },
                this::printed);
        children();
    }

    /** Where an endpoint is, by its name in the data directory. */
    URI endpoint(String name) {
        Properties endpoints = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("endpoints"))) {
            endpoints.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return URI.create(endpoints.getProperty(name));
    }

    /** All processes that it runs now. */
    List<ProcessHandle> children() {
        List<ProcessHandle> running = process.descendants().toList();
        children.addAll(running);
        return running;
    }

    /** The process of a node, such as {@code store-1}. */
    ProcessHandle child(String node) {
        return children().stream().filter(isNode(node)).findFirst().orElseThrow();
    }

    /** Waits until a node runs in another process than it did. */
    void awaitAnother(String node, ProcessHandle before) {
        Eventually.until(
                LIMIT,
                "another " + node + " runs in its place",
                () ->
                        children().stream()
                                .anyMatch(isNode(node).and(each -> each.pid() != before.pid())),
                this::printed);
    }

    /** The command line of a role ends with its configuration file; the system cuts long ones. */
    private static Predicate<ProcessHandle> isNode(String node) {
        return process -> {
            try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        .contains(node + ".yaml");
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** Kills it as {@code kill -9} does; its children end when they notice. */
    void kill() {
        children();
        process.destroyForcibly();
        Eventually.until(LIMIT, "it ends", () -> !process.isAlive());
    }

    /** Stops it as Ctrl-C does; its exit code. */
    int stop() {
        children();
        process.destroy();
        Eventually.until(LIMIT, "it stops", () -> !process.isAlive(), this::printed);
        return process.exitValue();
    }

    void awaitNoProcessLeft() {
        Eventually.until(
                LIMIT,
                "no process is left",
                () -> children.stream().noneMatch(ProcessHandle::isAlive),
                this::printed);
    }

    /** What it said, on the terminal and in its log: the log names what it waits for. */
    String printed() {
        Path log = data.resolve("logs/tidescope.log");
        try {
            return Files.readString(output) + (Files.exists(log) ? Files.readString(log) : "");
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        children();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
