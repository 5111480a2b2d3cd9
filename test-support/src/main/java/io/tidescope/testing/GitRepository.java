package io.tidescope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A real git repository in a directory, driven through the {@code git} program.
 *
 * <p>Author and dates are fixed, and no configuration of the user's is read, so the same steps give
 * the same commits. For one thread at a time.
 */
public final class GitRepository {
    private static final int DEADLINE_SECONDS = 120;
    private static final long FIRST_COMMIT_EPOCH_SECONDS = 1_700_000_000;

    private final Path directory;
    private long clock = FIRST_COMMIT_EPOCH_SECONDS;

    private GitRepository(Path directory) {
        this.directory = directory;
    }

    /** A new repository with the branch {@code main} and nothing in it. */
    public static GitRepository create(Path directory, String... options) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GitRepository repository = new GitRepository(directory);
        List<String> command = new ArrayList<>(List.of("init", "--quiet"));
        command.addAll(Arrays.asList(options));
        repository.git(command.toArray(String[]::new));
        repository.git("symbolic-ref", "HEAD", "refs/heads/main");
        return repository;
    }

    public Path directory() {
        return directory;
    }

    public GitRepository write(String path, String content) {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public GitRepository write(String path, byte[] content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public GitRepository delete(String path) {
        git("rm", "-q", "--", path);
        return this;
    }

    /** Renames by git, which also does it when only the case differs. */
    public GitRepository rename(String from, String to) {
        try {
            Files.createDirectories(directory.resolve(to).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("mv", "--", from, to);
        return this;
    }

    /** Makes the work tree hold these files and no others. */
    public GitRepository replaceAll(Map<String, byte[]> files) {
        git("rm", "-q", "-r", "--ignore-unmatch", "--", ".");
        files.forEach(this::write);
        return this;
    }

    /** Commits everything in the work tree, also when nothing changed; the commit's id. */
    public String commit(String message) {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "--message", message);
        return head();
    }

    public String head() {
        return git("rev-parse", "HEAD").strip();
    }

    /** Regular files of a revision by path, read from git's objects. */
    public SortedMap<String, byte[]> files(String revision) {
        byte[] listing = run("ls-tree", "-r", "-z", revision);
        SortedMap<String, byte[]> files = new TreeMap<>();
        List<String> paths = new ArrayList<>();
        StringBuilder request = new StringBuilder();
        for (String line : new String(listing, StandardCharsets.UTF_8).split("\0")) {
            if (line.startsWith("100")) {
                paths.add(line.substring(line.indexOf('\t') + 1));
                request.append(line, line.indexOf("blob ") + 5, line.indexOf('\t')).append('\n');
            }
        }
        byte[] objects =
                run(request.toString().getBytes(StandardCharsets.US_ASCII), "cat-file", "--batch");
        int at = 0;
        for (String path : paths) {
            int header = at;
            while (objects[at] != '\n') {
                at++;
            }
            String[] fields =
                    new String(objects, header, at - header, StandardCharsets.US_ASCII).split(" ");
            int size = Integer.parseInt(fields[2]);
            files.put(path, Arrays.copyOfRange(objects, at + 1, at + 1 + size));
            at += size + 2;
        }
        return files;
    }

    /** Runs git with these arguments; what it printed. */
    public String git(String... arguments) {
        return new String(run(arguments), StandardCharsets.UTF_8);
    }

    private byte[] run(String... arguments) {
        return run(new byte[0], arguments);
    }

    private byte[] run(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "gc.auto=0"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        clock += 60;
        builder.environment()
                .putAll(
                        Map.of(
                                "GIT_CONFIG_GLOBAL", "/dev/null",
                                "GIT_CONFIG_NOSYSTEM", "1",
                                "GIT_AUTHOR_NAME", "Test",
                                "GIT_AUTHOR_EMAIL", "test@example.org",
                                "GIT_COMMITTER_NAME", "Test",
                                "GIT_COMMITTER_EMAIL", "test@example.org",
                                "GIT_AUTHOR_DATE", clock + " +0000",
                                "GIT_COMMITTER_DATE", clock + " +0000"));
        try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-git")) {
            Path in = Files.write(scratch.path().resolve("in"), input);
            Path out = scratch.path().resolve("out");
            Path err = scratch.path().resolve("err");
            Process process =
                    builder.redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        command + " did not end within " + DEADLINE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(err));
            }
            return Files.readAllBytes(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }
}
