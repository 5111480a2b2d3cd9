package io.tidescope.ingest.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real git repository in a directory of a test, worked on by the real git program. */
public final class GitFixture {
    private static final int TIMEOUT_SECONDS = 60;

    private final Path directory;

    private GitFixture(Path directory) {
        this.directory = directory;
    }

    /** A repository with the branch main, not born yet. */
    public static GitFixture init(Path directory, String... options) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GitFixture git = new GitFixture(directory);
        List<String> init = new ArrayList<>(List.of("init", "-q", "-b", "main"));
        init.addAll(List.of(options));
        git.run(init.toArray(String[]::new));
        git.run("config", "gc.auto", "0");
        return git;
    }

    public static GitFixture at(Path directory) {
        return new GitFixture(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Runs git, which must succeed; what it printed, stripped. */
    public String run(String... arguments) {
        return new String(bytes(arguments), StandardCharsets.UTF_8).strip();
    }

    public byte[] bytes(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        environment(builder.environment());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            process.getInputStream().transferTo(output);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(
                        command + " failed: " + output.toString(StandardCharsets.UTF_8));
            }
            return output.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Nothing of the machine's or the user's own git settings. */
    public static void environment(Map<String, String> environment) {
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_AUTHOR_NAME", "A");
        environment.put("GIT_AUTHOR_EMAIL", "a@example.org");
        environment.put("GIT_COMMITTER_NAME", "A");
        environment.put("GIT_COMMITTER_EMAIL", "a@example.org");
    }

    public GitFixture write(String path, String content) {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public GitFixture write(String path, byte[] content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a file, link or directory of the work tree, if it is there. */
    public GitFixture delete(String path) {
        Path top = directory.resolve(path);
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return this;
        }
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything in the work tree, also when nothing changed; the new commit's id. */
    public String commit() {
        run("add", "-A");
        run("commit", "-q", "--allow-empty", "-m", "a change");
        return tip("HEAD");
    }

    /** The file in which git keeps an object that was not packed yet. */
    public Path looseObject(String object) {
        return directory
                .resolve(".git/objects")
                .resolve(object.substring(0, 2))
                .resolve(object.substring(2));
    }

    public String tip(String revision) {
        return run("rev-parse", "--verify", revision + "^{commit}");
    }

    /** Mode and blob of every Java file of a revision by path, as {@code git ls-tree} tells. */
    public SortedMap<String, TreeEntry> javaFiles(String revision) {
        SortedMap<String, TreeEntry> files = new TreeMap<>();
        String listed = new String(bytes("ls-tree", "-r", "-z", revision), StandardCharsets.UTF_8);
        for (String line : listed.split("\0")) {
            if (!line.isEmpty()) {
                String[] facts = line.substring(0, line.indexOf('\t')).split(" ");
                String path = line.substring(line.indexOf('\t') + 1);
                if (facts[0].startsWith("100") && path.endsWith(".java")) {
                    files.put(path, new TreeEntry(facts[2], Integer.parseInt(facts[0], 8)));
                }
            }
        }
        return files;
    }
}
