package io.tidescope.app.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kubectl}, for what it does without a cluster. */
final class Kubectl {
    private static final int PATIENCE_SECONDS = 60;

    /** Before it, Kustomize cannot read what ours say. */
    private static final int KUSTOMIZE = 5;

    private static final Pattern VERSION = Pattern.compile("[Kk]ustomizeVersion: v(\\d+)");

    private static final boolean AVAILABLE = look();

    private Kubectl() {}

    /** Whether there is one with a Kustomize that is new enough. */
    static boolean isAvailable() {
        return AVAILABLE;
    }

    private static boolean look() {
        return run("version", "--client", "-o", "yaml")
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .filter(found -> Integer.parseInt(found.group(1)) >= KUSTOMIZE)
                .isPresent();
    }

    /** What would be applied. */
    static String kustomize(Path folder) {
        return run("kustomize", folder.toString())
                .orElseThrow(() -> new AssertionError("not built: " + folder));
    }

    /** What it printed; empty when it is not there or failed. */
    private static Optional<String> run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("kubectl", ".out");
            try {
                return run(command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> run(List<String> command, Path output) throws IOException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectOutput(output.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("no end of " + command);
            }
            return process.exitValue() == 0
                    ? Optional.of(Files.readString(output))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
