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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The {@code git} program, run in one directory: never asks anything, never outlives its timeout,
 * and ignores the variables with which a calling hook points git elsewhere.
 */
public final class GitCommand {
    private static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
    private static final int MAX_COMPLAINT_BYTES = 4096;
    private static final int NO = 1;
    private static final long LAST_WORDS_SECONDS = 5;

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
        return find(arguments)
                .orElseThrow(() -> failed(arguments, "it ended with status " + NO, null));
    }

    /** As {@link #run}; absent when git says no by its status, without a word. */
    Optional<String> find(String... arguments) {
        return stream(GitCommand::text, arguments);
    }

    /** As {@link #find}, with the output handed over as it comes. */
    <R> Optional<R> stream(Output<R> reader, String... arguments) {
        Process process = start(ProcessBuilder.Redirect.PIPE, arguments);
        CompletableFuture<String> complaint = new CompletableFuture<>();
        Thread.startVirtualThread(() -> complaint.complete(drain(process.getErrorStream())));
        CompletableFuture<Process> end =
                process.onExit().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        end.exceptionally(late -> destroy(process));
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            R result = reader.read(output);
            output.transferTo(OutputStream.nullOutputStream());
            int status = process.waitFor();
            if (status == 0) {
                return Optional.of(result);
            }
            // A child that outlives git, such as ssh, may hold its end of the pipe open.
            String words =
                    complaint.completeOnTimeout("", LAST_WORDS_SECONDS, TimeUnit.SECONDS).join();
            if (status == NO && words.isEmpty()) {
                return Optional.empty();
            }
            throw failed(
                    arguments,
                    end.isCompletedExceptionally() ? "it took longer than " + timeout : words,
                    null);
        } catch (IOException e) {
            throw failed(arguments, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(arguments, "interrupted", e);
        } finally {
            destroy(process);
        }
    }

    /** With what it started: ssh and credential helpers would go on without it. */
    private static Process destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        return process.destroyForcibly();
    }

    /** A process that is kept, its complaints dropped. */
    Process start(String... arguments) {
        return start(ProcessBuilder.Redirect.DISCARD, arguments);
    }

    private Process start(ProcessBuilder.Redirect complaints, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints);
        builder.environment().keySet().removeIf(GitCommand::pointsElsewhere);
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
    private static boolean pointsElsewhere(String variable) {
        return variable.startsWith("GIT_")
                && !variable.startsWith("GIT_SSH")
                && !variable.startsWith("GIT_CONFIG")
                && !variable.equals("GIT_ASKPASS");
    }

    private static String text(InputStream output) throws IOException {
        return new String(output.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8).strip();
    }

    private static String drain(InputStream complaints) {
        try (complaints) {
            String words =
                    new String(complaints.readNBytes(MAX_COMPLAINT_BYTES), StandardCharsets.UTF_8);
            complaints.transferTo(OutputStream.nullOutputStream());
            return words.strip();
        } catch (IOException e) {
            return "";
        }
    }

    private TideScopeException failed(
            String[] arguments, String complaint, @Nullable Exception cause) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "git " + arguments[0] + " failed in " + directory + ": " + complaint,
                cause);
    }
}
