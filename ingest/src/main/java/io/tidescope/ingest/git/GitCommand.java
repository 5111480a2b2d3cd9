package io.tidescope.ingest.git;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The {@code git} program, run in one directory: never asks anything, never outlives its timeout,
 * and ignores the variables with which a calling hook points git elsewhere.
 */
public final class GitCommand {
    private static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
    private static final int MAX_COMPLAINT_BYTES = 4096;

    private final Path directory;
    private final Duration timeout;

    public GitCommand(Path directory, Duration timeout) {
        this.directory = directory;
        this.timeout = timeout;
    }

    /** Takes a program's output as it comes. */
    @FunctionalInterface
    interface Output<R> {
        R read(InputStream output) throws IOException;
    }

    /**
     * What git printed, without white space at both ends.
     *
     * @throws TideScopeException UNAVAILABLE with git's own words when it fails or takes too long,
     *     PRECONDITION_FAILED when there is no git
     */
    public String run(String... arguments) {
        return stream(
                output ->
                        new String(
                                        output.readNBytes(MAX_OUTPUT_BYTES),
                                        StandardCharsets.UTF_8)
                                .strip(),
                arguments);
    }

    /** What git printed; absent when it says no by status 1 and without a word. */
    Optional<String> find(String... arguments) {
        try {
            return Optional.of(run(arguments));
        } catch (NoAnswer e) {
            return Optional.empty();
        }
    }

    <R> R stream(Output<R> reader, String... arguments) {
        Process process = start(ProcessBuilder.Redirect.PIPE, arguments);
        CompletableFuture<String> complaint = new CompletableFuture<>();
        Thread.startVirtualThread(() -> complaint.complete(drain(process.getErrorStream())));
        process.onExit()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, late) -> process.destroyForcibly());
        try (process.getOutputStream();
                InputStream output = process.getInputStream()) {
            R result = reader.read(output);
            output.transferTo(OutputStream.nullOutputStream());
            if (process.waitFor() == 0) {
                return result;
            }
            throw failed(arguments, complaint.join(), null);
        } catch (IOException e) {
            throw failed(arguments, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(arguments, "interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process that is kept, its complaints dropped. */
    Process start(String... arguments) {
        return start(ProcessBuilder.Redirect.DISCARD, arguments);
    }

    private Process start(ProcessBuilder.Redirect complaints, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") && !isOurs(name));
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
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
    private static boolean isOurs(String name) {
        return name.startsWith("GIT_SSH") || name.equals("GIT_ASKPASS") || name.startsWith("GIT_CONFIG");
    }

    private static String drain(InputStream complaints) {
        try (complaints) {
            String text =
                    new String(complaints.readNBytes(MAX_COMPLAINT_BYTES), StandardCharsets.UTF_8);
            complaints.transferTo(OutputStream.nullOutputStream());
            return text.strip();
        } catch (IOException e) {
            return "";
        }
    }

    private TideScopeException failed(
            String[] arguments, String complaint, @Nullable Exception e) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "git "
                        + arguments[0]
                        + " failed in "
                        + directory
                        + (complaint.isEmpty() ? " or took longer than " + timeout : ": " + complaint),
                e);
    }
}
