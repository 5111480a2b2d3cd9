package io.tidescope.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The peer: the {@code ast-grep} program, in one version, installed by npm below {@code target}.
 * Its own binary is run, not npm's wrapper around it, which would only take time.
 */
public final class AstGrep {
    public static final String VERSION = "0.51.1";

    private static final int DEADLINE_MINUTES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path program;

    private AstGrep(Path program) {
        this.program = program;
    }

    /** Where something is: byte offsets in a file. */
    public record Place(String path, int start, int end) {
        /** Whether all of another is in this one. */
        public boolean contains(int otherStart, int otherEnd) {
            return start <= otherStart && otherEnd <= end;
        }
    }

    /** A match, and what its holes stand for, by name. */
    public record Found(Place place, Map<String, Place> captured) {}

    /**
     * @param nanos from the start of the process to its end
     * @param complaint what it said about the pattern; empty when nothing
     */
    public record Answer(List<Found> matches, long nanos, String complaint) {}

    /** Installs it if it is not there already. */
    public static AstGrep install() throws IOException {
        Path directory = Path.of("target", "ast-grep-" + VERSION).toAbsolutePath();
        Path packages = directory.resolve("node_modules").resolve("@ast-grep");
        if (!Files.isDirectory(packages)) {
            Files.createDirectories(directory);
            npm(
                    "install",
                    "--prefix",
                    directory.toString(),
                    "--no-save",
                    "--no-package-lock",
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    "@ast-grep/cli@" + VERSION);
        }
        try (Stream<Path> found = Files.walk(packages, 2)) {
            return found.filter(
                            path ->
                                    packages.relativize(path)
                                            .toString()
                                            .matches("cli-.*ast-grep(.exe)?"))
                    .findFirst()
                    .map(AstGrep::new)
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "npm has no ast-grep for this system: " + packages));
        }
    }

    private static void npm(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "This compares with ast-grep, which npm installs, and npm is not here:"
                            + " install Node.js with it (apt-get install npm).",
                    e);
        }
        if (await(process) != 0) {
            throw new IllegalStateException("npm could not install ast-grep: " + command);
        }
    }

    /** All matches of a pattern below a directory. */
    public Answer run(String pattern, Path directory) throws IOException {
        return run(
                directory, List.of("run", "--pattern=" + pattern, "--lang=java", "--json=stream"));
    }

    /** All nodes of a kind, by the name that tree-sitter's grammar gives it. */
    public Set<Place> ofKind(String kind, Path directory) throws IOException {
        String rule = "{id: kind, language: java, rule: {kind: " + kind + "}}";
        return run(directory, List.of("scan", "--inline-rules=" + rule, "--json=stream"))
                .matches()
                .stream()
                .map(Found::place)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The kind of node that it reads a pattern as; empty when it cannot read it. */
    public String kindOf(String pattern) throws IOException {
        Path log = Files.createTempFile("ast-grep", ".log");
        try {
            List<String> command =
                    List.of(
                            program.toString(),
                            "run",
                            "--pattern=" + pattern,
                            "--lang=java",
                            "--debug-query=pattern",
                            "--stdin");
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            process.getOutputStream().close();
            await(process);
            List<String> lines = Files.readAllLines(log);
            int title = lines.indexOf("Debug Pattern:");
            return title < 0 ? "" : lines.get(title + 1).strip();
        } finally {
            Files.delete(log);
        }
    }

    private Answer run(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        command.add(".");
        Path out = Files.createTempFile("ast-grep", ".json");
        Path err = Files.createTempFile("ast-grep", ".log");
        try {
            long start = System.nanoTime();
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            await(process);
            long nanos = System.nanoTime() - start;
            try (Stream<String> lines = Files.lines(out)) {
                return new Answer(
                        lines.map(AstGrep::found).toList(), nanos, Files.readString(err).strip());
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static int await(Process process) {
        try {
            if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        process.info() + " did not end within " + DEADLINE_MINUTES + " minutes");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Found found(String line) {
        try {
            JsonNode match = JSON.readTree(line);
            String file = match.path("file").asText();
            String path = file.startsWith("./") ? file.substring(2) : file;
            Map<String, Place> captured = new HashMap<>();
            JsonNode holes = match.path("metaVariables");
            holes.path("single")
                    .properties()
                    .forEach(one -> captured.put(one.getKey(), place(path, one.getValue())));
            holes.path("multi")
                    .properties()
                    .forEach(many -> putAll(path, many.getKey(), many.getValue(), captured));
            return new Found(place(path, match), Map.copyOf(captured));
        } catch (IOException e) {
            throw new IllegalStateException("ast-grep printed no match: " + line, e);
        }
    }

    private static void putAll(
            String path, String name, JsonNode nodes, Map<String, Place> captured) {
        if (!nodes.isEmpty()) {
            int end = place(path, nodes.get(nodes.size() - 1)).end();
            captured.put(name, new Place(path, place(path, nodes.get(0)).start(), end));
        }
    }

    private static Place place(String path, JsonNode node) {
        JsonNode range = node.path("range").path("byteOffset");
        return new Place(path, range.path("start").asInt(), range.path("end").asInt());
    }
}
