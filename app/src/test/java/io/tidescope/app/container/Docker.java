package io.tidescope.app.container;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Docker by its commands, as people use it. */
public final class Docker {
    /** Tag of tests that need it; the profile {@code containers} runs them. */
    public static final String TESTS = "containers";

    public static final String KAFKA = "apache/kafka:4.3.1";

    /** What the image of TideScope is made from. */
    static final List<String> BASES = List.of("eclipse-temurin:25-jdk", "debian:bookworm-slim");

    static final String PROMETHEUS = "prom/prometheus:v2.42.0";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration STAND_INS_LIMIT = Duration.ofMinutes(20);

    private Docker() {}

    /** What a command ended with; what it printed, errors included. */
    record Ended(int exit, String output) {
        /** What it printed, if it went well. */
        String orFail() {
            if (exit != 0) {
                throw new AssertionError("exit " + exit + ": " + output);
            }
            return output;
        }
    }

    /**
     * Skips the test where Docker or one of the images is not there. Images that cannot be pulled
     * are built first by the script that builds stand-ins of them, if that lies beside the
     * checkout.
     */
    public static void assumeImages(String... images) {
        Path standIns = checkout().resolveSibling("shared/offline-images/build.sh");
        if (!(runs() && missing(images).isEmpty()) && Files.exists(standIns)) {
            run(STAND_INS_LIMIT, List.of("bash", standIns.toString()));
        }
        Assumptions.assumeTrue(runs(), "Docker does not run here: start it, and run this again");
        List<String> missing = missing(images);
        Assumptions.assumeTrue(
                missing.isEmpty(),
                () ->
                        "images are missing, pull them and run this again: docker pull "
                                + String.join("; docker pull ", missing));
    }

    /** The checkout that is tested. */
    static Path checkout() {
        return Path.of(System.getProperty(TideScopeProcess.LAUNCHER_PROPERTY, "./tidescope"))
                .toAbsolutePath()
                .resolveSibling("");
    }

    /** Whether a command goes well. */
    static boolean succeeds(String... command) {
        try {
            return run(LIMIT, List.of(command)).exit() == 0;
        } catch (IllegalStateException e) {
            return false; // there is no such program
        }
    }

    /** Runs {@code docker} with these arguments to its end. */
    static Ended docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(Arrays.asList(arguments));
        return run(LIMIT, command);
    }

    /** Runs a command in the checkout to its end. */
    static Ended run(Duration limit, List<String> command) {
        try {
            Path output = Files.createTempFile("tidescope-docker", ".out");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command)
                                .directory(checkout().toFile())
                                .redirectErrorStream(true)
                                .redirectOutput(output.toFile());
                // A busy machine takes longer than the minute that the older compose waits.
                builder.environment().put("COMPOSE_HTTP_TIMEOUT", "300");
                // Somebody's own system is none of a test's: what the shell says would win over
                // files.
                builder.environment()
                        .keySet()
                        .removeIf(
                                name ->
                                        name.equals("COMPOSE_PROJECT_NAME")
                                                || name.equals("COMPOSE_FILE")
                                                || name.equals("PROMETHEUS_PORT")
                                                || name.startsWith("TIDESCOPE_"));
                return end(limit, command, builder.start(), output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command + " could not be run", e);
        }
    }

    private static Ended end(Duration limit, List<String> command, Process process, Path output)
            throws IOException {
        try {
            Eventually.until(limit, command + " ends", () -> !process.isAlive());
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean runs() {
        return succeeds("docker", "info");
    }

    private static List<String> missing(String... images) {
        return Arrays.stream(images)
                .filter(image -> !succeeds("docker", "image", "inspect", image))
                .toList();
    }
}
