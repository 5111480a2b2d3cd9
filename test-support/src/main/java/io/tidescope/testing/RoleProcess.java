package io.tidescope.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A role in a process of its own, started with a configuration file as an operator does. */
public final class RoleProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path output;
    private final int adminPort;

    private RoleProcess(Process process, Path output, int adminPort) {
        this.process = process;
        this.output = output;
        this.adminPort = adminPort;
    }

    /**
     * @param name of its files in the directory
     * @param settings YAML, without the admin port
     */
    public static RoleProcess start(Path directory, String role, String name, String settings)
            throws IOException {
        return start(directory, role, name, settings, Map.of());
    }

    public static RoleProcess start(
            Path directory,
            String role,
            String name,
            String settings,
            Map<String, String> environment)
            throws IOException {
        int port = freePort();
        Path file =
                Files.writeString(
                        directory.resolve(name + ".yaml"),
                        settings + "admin: {port: " + port + "}\n");
        return new RoleProcess(
                run(directory, name, environment, role, "--config", file.toString()),
                directory.resolve(name + ".out"),
                port);
    }

    /** Runs a command that ends by itself; what it printed, its exit code first. */
    public static String run(Path directory, String... arguments) throws IOException {
        Process process = begin(directory, "command", arguments);
        Eventually.until(LIMIT, "the command ends", () -> !process.isAlive());
        return process.exitValue() + "\n" + Files.readString(directory.resolve("command.out"));
    }

    /**
     * Begins a command, which may be killed.
     *
     * @param name with {@code .out} behind it, of the file that it prints to
     */
    public static Process begin(Path directory, String name, String... arguments)
            throws IOException {
        return run(directory, name, Map.of(), arguments);
    }

    private static Process run(
            Path directory, String name, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(PackagedApplication.java("-Xmx256m"));
        command.add("io.tidescope.app.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve(name + ".out").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("TIDESCOPE_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public int adminPort() {
        return adminPort;
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() {
        Eventually.until(
                LIMIT,
                "the role is ready",
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended by itself: " + printed());
                    }
                    return status("/health/ready") == 200;
                },
                this::printed);
    }

    /** Waits until it is up but says that it is not ready; why. */
    public List<String> awaitReasons(String containing) {
        Eventually.until(
                LIMIT,
                "the role says that it is not ready for " + containing,
                () -> reasons().toString().contains(containing),
                () -> reasons() + printed());
        return reasons();
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (status("/health/ready") == 503) {
            json("/health/ready").path("reasons").forEach(each -> reasons.add(each.asText()));
        }
        return reasons;
    }

    public int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    public JsonNode json(String path) {
        return parse(text(path));
    }

    public String text(String path) {
        try {
            return get(path).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Stops it as an orchestrator does; its exit code. */
    public int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** Waits until it has ended; its exit code. */
    public int awaitExit() {
        Eventually.until(LIMIT, "the role ends", () -> !process.isAlive(), this::printed);
        return process.exitValue();
    }

    public String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
