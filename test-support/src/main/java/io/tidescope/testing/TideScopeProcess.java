package io.tidescope.testing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real thing: {@code tidescope up} in a process of its own, started by the launcher as a user
 * does, with its broker as its child.
 *
 * <p>For one thread at a time.
 */
public final class TideScopeProcess implements AutoCloseable {
    /** System property that holds the launcher; the build sets it for tests. */
    public static final String LAUNCHER_PROPERTY = "tidescope.launcher";

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration TRAINING_LIMIT = Duration.ofMinutes(5);

    private final Path data;
    private final Path output;
    private final Process process;

    private TideScopeProcess(Path data, Path output, Process process) {
        this.data = data;
        this.output = output;
        this.process = process;
    }

    /**
     * Starts it; it may not answer yet when this returns.
     *
     * @param data its data directory, which may hold what an earlier process left
     * @param jvmOptions further options of its JVM
     * @param arguments repositories and options of {@code tidescope up}
     */
    public static TideScopeProcess launch(
            Path data, List<String> jvmOptions, List<String> arguments) {
        return launch(data, jvmOptions, List.of("up"), arguments);
    }

    /**
     * Starts {@code tidescope cluster up} instead, whose processes are its children.
     *
     * @param arguments its repositories and options
     */
    public static TideScopeProcess launchCluster(Path data, List<String> arguments) {
        return launch(data, List.of(), List.of("cluster", "up"), arguments);
    }

    private static TideScopeProcess launch(
            Path data, List<String> jvmOptions, List<String> subcommand, List<String> arguments) {
        PackagedApplication.rehearse();
        Path output = data.resolveSibling(data.getFileName() + ".out");
        List<String> command = new ArrayList<>();
        command.add(launcher());
        command.addAll(subcommand);
        command.addAll(arguments);
        command.addAll(List.of("--data", data.toString(), "--port", "0"));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("TIDESCOPE_BUILD", "never");
        builder.environment().put("TIDESCOPE_JAVA_OPTS", String.join(" ", jvmOptions));
        try {
            // What a killed process left there says nothing about this one.
            Files.deleteIfExists(data.resolve("endpoints"));
            return new TideScopeProcess(data, output, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("The launcher could not be run: " + command, e);
        }
    }

    /**
     * Has the JVM learn from a rehearsal what a start needs, as the launcher does after a build.
     */
    public static void train() {
        run(TRAINING_LIMIT, "train");
    }

    /** Runs another command of {@code tidescope} to its end, which must be a good one. */
    public static void run(String... arguments) {
        run(STOP_LIMIT, arguments);
    }

    /** The same for one that takes longer. */
    public static void run(Duration limit, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(launcher());
        command.addAll(List.of(arguments));
        try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-command")) {
            Path output = scratch.path().resolve("output");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().put("TIDESCOPE_BUILD", "never");
            Process process = builder.start();
            Eventually.until(limit, command + " ends", () -> !process.isAlive());
            if (process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The launcher could not be run: " + command, e);
        }
    }

    /** Waits until it answers over HTTP; its address. */
    public URI awaitServing() {
        Eventually.until(START_LIMIT, "tidescope serves", () -> serving() != null, this::describe);
        URI address = serving();
        if (address == null) {
            throw new AssertionError("tidescope stopped serving at once; " + describe());
        }
        return address;
    }

    static String launcher() {
        return System.getProperty(LAUNCHER_PROPERTY, "./tidescope");
    }

    private @Nullable URI serving() {
        if (!process.isAlive()) {
            throw new AssertionError("tidescope ended by itself; " + describe());
        }
        String http = endpoints().getProperty("http");
        return http == null ? null : URI.create(http);
    }

    /** What its data directory says of where it answers; empty before it does. */
    public Properties endpoints() {
        Properties endpoints = new Properties();
        Path file = data.resolve("endpoints");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                endpoints.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return endpoints;
    }

    /** Its process id: the launcher becomes the application. */
    public long pid() {
        return process.pid();
    }

    /**
     * The process of one of a cluster's nodes.
     *
     * @param name such as {@code store-1}
     * @throws java.util.NoSuchElementException when it does not run now
     */
    public ProcessHandle node(String name) {
        return findNode(name).orElseThrow();
    }

    /** The same; absent while it does not run. */
    public Optional<ProcessHandle> findNode(String name) {
        return process.descendants()
                .filter(child -> commandLine(child).contains(name + ".yaml"))
                .findFirst();
    }

    /** From the system: what a handle tells of a long one is cut off. */
    private static String commandLine(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** Processor time that it and its broker have used. */
    public Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Kills the application as {@code kill -9} does; its broker ends when it notices. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        awaitEnd();
        Eventually.until(
                STOP_LIMIT,
                "the broker of a killed tidescope ends",
                () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Kills its broker as {@code kill -9} does; it is expected to start another. */
    public void killBroker() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Stops it as Ctrl-C does; its exit code. */
    public int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    /** Waits until it has ended by itself; its exit code. */
    public int awaitExit() {
        awaitEnd();
        return process.exitValue();
    }

    /** What it has printed so far, and those before it with the same data directory. */
    public String printed() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            try {
                if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void awaitEnd() {
        Eventually.until(STOP_LIMIT, "tidescope ends", () -> !process.isAlive(), this::describe);
    }

    private String describe() {
        String printed = printed();
        return "it printed:\n" + printed.substring(Math.max(0, printed.length() - 4_000));
    }
}
