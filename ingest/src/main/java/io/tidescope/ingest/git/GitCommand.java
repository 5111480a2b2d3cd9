package io.tidescope.ingest.git;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The {@code git} program, run in one directory: never asks anything, never lets wait for longer
 * than its patience, and ignores the variables with which a calling hook points git elsewhere.
 */
public final class GitCommand {
    private static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

    private final Path directory;
    private final Duration patience;
    private final Map<String, String> variables;

    /**
     * @param patience how long git may do nothing that is seen here before it is ended
     */
    public GitCommand(Path directory, Duration patience) {
        this(directory, patience, Map.of());
    }

    private GitCommand(Path directory, Duration patience, Map<String, String> variables) {
        this.directory = directory;
        this.patience = patience;
        this.variables = variables;
    }

    /** A git that only reads: in a partial clone it does not fetch what it is asked for. */
    static GitCommand reading(Path directory, Duration patience) {
        return new GitCommand(directory, patience, Map.of("GIT_NO_LAZY_FETCH", "1"));
    }

    /** Takes a program's output as it comes. */
    @FunctionalInterface
    interface Output<R> {
        R read(InputStream output) throws IOException;
    }

    /**
     * What git did well.
     *
     * @param result what was made of its output
     * @param complaint what it complained of nevertheless; absent when not all of that is known
     */
    record Done<R>(R result, Optional<String> complaint) {}

    /**
     * What git printed, without white space at both ends. An interrupt ends it.
     *
     * @throws TideScopeException UNAVAILABLE with git's own words when it fails or takes too long,
     *     PRECONDITION_FAILED when there is no git
     */
    public String run(String... arguments) {
        try {
            return print(arguments).result();
        } catch (GitFailedException e) {
            throw unavailable(arguments[0], e);
        }
    }

    /** As {@link #run}; absent when git says no by its status, without a word. */
    Optional<String> find(String... arguments) {
        try {
            return Optional.of(print(arguments).result());
        } catch (GitFailedException e) {
            if (e.isNo()) {
                return Optional.empty();
            }
            throw unavailable(arguments[0], e);
        }
    }

    /** As {@link #run}, with git's complaints, and its failures to be judged. */
    Done<String> print(String... arguments) throws GitFailedException {
        try (GitProcess process = start(arguments)) {
            // On a thread of its own, because no interrupt ends the wait for a pipe.
            FutureTask<Done<String>> reading =
                    new FutureTask<>(() -> read(process, GitCommand::text));
            Thread.ofPlatform().daemon().name("git-output").start(reading);
            return reading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GitFailedException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GitFailedException.lost("interrupted", e);
        }
    }

    /** As {@link #print}, with the output handed over as it comes, on the calling thread. */
    <R> Done<R> stream(Output<R> reader, String... arguments) throws GitFailedException {
        try (GitProcess process = start(arguments)) {
            return read(process, reader);
        }
    }

    private static <R> Done<R> read(GitProcess process, Output<R> reader)
            throws GitFailedException {
        try (InputStream output = process.output()) {
            process.input().close();
            R result = reader.read(output);
            output.transferTo(OutputStream.nullOutputStream());
            return new Done<>(result, process.awaitSuccess());
        } catch (IOException e) {
            GitFailedException why = process.cutOff();
            why.addSuppressed(e);
            throw why;
        }
    }

    /** A process that is kept. */
    GitProcess start(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(GitCommand::pointsElsewhere);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(variables);
        try {
            return new GitProcess(builder.start(), patience);
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "the git command is needed for "
                            + directory
                            + " and cannot be run; install git 2.29 or newer: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Settings of the user's own, such as how to connect, stay. */
    private static boolean pointsElsewhere(String variable) {
        return variable.startsWith("GIT_")
                && !variable.startsWith("GIT_SSH")
                && !variable.startsWith("GIT_CONFIG")
                && !variable.equals("GIT_ASKPASS");
    }

    private static String text(InputStream output) throws IOException {
        return new String(output.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8).strip();
    }

    /** A failure that says nothing about the repository's objects. */
    TideScopeException unavailable(String command, GitFailedException failure) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "git " + command + " failed in " + directory + ": " + failure.words(),
                failure);
    }
}
